"""The settings: of the person, and of the organisation."""
