"""How many hostile files, and the table of what became of them; a pytest plugin."""

import resource
from collections import Counter, defaultdict

import pytest

OUTCOMES = pytest.StashKey[list[tuple[str, float]]]()
"""What became of each file, and the seconds that it took."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The long form: ``--hostile 2000``."""
    parser.getgroup("hostile").addoption("--hostile", type=int, default=45, help="hostile files to send in")


def pytest_configure(config: pytest.Config) -> None:
    """Prepare to note what is seen."""
    config.stash[OUTCOMES] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    seen = config.stash[OUTCOMES]
    if not seen or not config.getoption("verbose") > 0:
        return
    counts = Counter(outcome for outcome, _ in seen)
    slowest: dict[str, float] = defaultdict(float)
    for outcome, seconds in seen:
        slowest[outcome] = max(slowest[outcome], seconds)
    terminalreporter.section(f"{len(seen)} hostile files")
    for outcome, count in counts.most_common():
        terminalreporter.write_line(f"{count:>6}  {outcome:<100.100}  at most {slowest[outcome]:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    terminalreporter.write_line(f"reading processes: at most {peak:,.0f} MB of memory")
