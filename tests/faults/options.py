"""How long and how hard the fault tests run, and the table of what they saw; a pytest plugin.

In the suite each fault strikes once, with the engine's clockwork wound tight. ``make faults`` is the long
form: several rounds, a few hundred files, the clockwork as people run it.
"""

from collections import defaultdict
from dataclasses import dataclass

import pytest


@dataclass(frozen=True, slots=True)
class Seen:
    """What one round of a fault led to.

    ``recovery`` is in seconds, from the fault's end until every file has ended but those that fail each time,
    which wait between their attempts.
    """

    fault: str
    lost: int
    doubled: int
    stuck: int
    recovery: float


SEEN = pytest.StashKey[list[Seen]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the long form."""
    group = parser.getgroup("faults")
    group.addoption("--rounds", type=int, default=1, help="rounds of each fault")
    group.addoption("--files", type=int, default=24, help="files in each round")
    group.addoption("--seed", type=int, default=1, help="of the random moments at which faults strike")
    group.addoption("--real-times", action="store_true", help="the engine's own leases and waits")


def pytest_configure(config: pytest.Config) -> None:
    """Prepare to note what is seen."""
    config.stash[SEEN] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    seen = config.stash[SEEN]
    if not seen or not config.getoption("--real-times"):
        return
    by_fault: dict[str, list[Seen]] = defaultdict(list)
    for each in seen:
        by_fault[each.fault].append(each)
    terminalreporter.section("faults")
    terminalreporter.write_line(
        f"{'fault':<62}{'rounds':>7}{'lost':>6}{'doubled':>8}{'stuck':>6}{'worst recovery':>16}"
    )
    for fault, rounds in by_fault.items():
        counts = [sum(getattr(each, what) for each in rounds) for what in ("lost", "doubled", "stuck")]
        worst = max(each.recovery for each in rounds)
        lost, doubled, stuck = counts
        terminalreporter.write_line(
            f"{fault:<62}{len(rounds):>7}{lost:>6}{doubled:>8}{stuck:>6}{worst:>14.1f} s"
        )
