"""The job row is the queue: claiming, retrying, ringing and recovering. The database is the truth."""
