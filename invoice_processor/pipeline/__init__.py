"""What happens to one invoice in the background."""
