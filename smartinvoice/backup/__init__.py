"""All records and files of a desk in one archive, for any database and storage."""
