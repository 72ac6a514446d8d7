"""What AWS charges for a million webhooks: calls counted on the demo's stream times list prices."""
