"""Ways to read a document; all give a reading."""
