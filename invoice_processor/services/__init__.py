"""Verbs: everything that changes the engine's records."""
