"""What AI models are told, versioned with the code; a change of a text is a change of its hash."""
