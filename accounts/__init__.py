"""People, the organisations they work for, and what each may do there."""
