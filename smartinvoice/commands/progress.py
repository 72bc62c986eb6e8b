"""Progress bars on standard error."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

console = Console(stderr=True)


def bar() -> Progress:
    """A bar with a label, a count and the time left."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console)


def say(sentence: str, style: str | None = None) -> None:
    """Print one line; names of files may look like anything, so nothing in it is markup."""
    console.print(sentence, style=style, markup=False, highlight=False, soft_wrap=True)
