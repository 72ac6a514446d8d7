"""Speed and price as ratios against a reference of the same run; see docs/performance.md."""
