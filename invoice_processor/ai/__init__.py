"""Reading by AI models on behalf of an organisation: its keys, its limits, its budget."""
