"""The stylesheet's source, and how it is built."""
