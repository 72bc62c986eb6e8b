"""From a file to a reading with evidence: pure functions, free of any framework."""

READER_VERSION = "4"
"""Raised whenever the same bytes may be read differently, so that stored readings are made anew."""
