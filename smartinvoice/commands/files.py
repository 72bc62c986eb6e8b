"""Files and folders that a person names."""

from collections.abc import Iterable, Iterator
from pathlib import Path


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files of the given files and folders, in order; hidden ones and links out of folders are left."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                found
                for found in path.rglob("*")
                if found.is_file()
                and not found.is_symlink()
                and not any(part.startswith(".") for part in found.relative_to(path).parts)
            )
        else:
            yield path


def shown_name(path: Path) -> str:
    """A file's name for people; bytes that are no UTF-8, as old archives leave them, become “?”."""
    return path.name.encode("utf-8", "replace").decode()
