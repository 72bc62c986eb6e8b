"""From a reading to the judgement that is stored: the one place that knows rules and records."""
