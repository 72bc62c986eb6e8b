"""Questions: everything that reads the engine's records for people."""
