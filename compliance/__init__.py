"""From a reading and its history to findings and a verdict: pure functions, free of any framework."""
