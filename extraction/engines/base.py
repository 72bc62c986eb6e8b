"""What every engine offers."""

from pathlib import Path
from typing import Protocol

from extraction.reading import Reading


class Engine(Protocol):
    """Reads one document; keeps models and connections between documents."""

    def read(self, path: Path) -> Reading:
        """The reading of a file. Raises ReadingError when it cannot be read."""
        ...
