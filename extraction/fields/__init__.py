"""Finders: each looks for one kind of value and gives every candidate with its evidence."""
