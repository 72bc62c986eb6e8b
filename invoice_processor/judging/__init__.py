"""Judging an invoice: what is known around it, its duplicates, its findings, its score, its state."""
