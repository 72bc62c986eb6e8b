"""``smartinvoice read --explain``: why each value is believed, in words and on the page."""

from pathlib import Path

from extraction.errors import ReadingError
from extraction.explain import explain, overlay
from extraction.sandbox import SandboxedReader
from smartinvoice.commands.files import files_in, shown_name
from smartinvoice.commands.progress import say
from smartinvoice.commands.reading import READER


def explain_paths(paths: tuple[Path, ...]) -> int:
    """Print each document's values with their evidence; returns the exit status."""
    unread = 0
    with SandboxedReader(READER) as reader:
        for path in files_in(paths):
            try:
                for reading in reader.read_all(path):
                    print(f"{shown_name(path)}: {explain(reading)}\n", flush=True)  # noqa: T201
            except ReadingError as error:
                say(f"{shown_name(path)}: {error.message}", style="red")
                unread += 1
    return 1 if unread else 0


def draw_overlay(path: Path, picture: Path) -> int:
    """Write the document's pages with a box around each value as a PNG; returns the exit status."""
    try:
        with SandboxedReader(READER) as reader:
            picture.write_bytes(overlay(reader.read_all(path), path))
    except ReadingError as error:
        say(f"{shown_name(path)}: {error.message}", style="red")
        return 1
    except OSError as error:
        say(f"Cannot write {picture} ({error.strerror}).", style="red")
        return 1
    return 0
