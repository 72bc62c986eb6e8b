"""Changes to people and organisations."""
