"""Choosing among candidates the set that proves itself."""
