"""What a person makes of a reading: typed values, checked, and a new reading with them in it."""
