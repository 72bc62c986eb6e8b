"""The page of one invoice: what its parts show."""
