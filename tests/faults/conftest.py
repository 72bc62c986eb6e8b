"""One desk for each round."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from invoice_processor.models import Batch
from tests.faults.desk import Desk
from tests.processes.broker import Broker
from tests.processes.conftest import broker as broker  # noqa: PLC0414 - a fixture for this folder, too
from tests.processes.conftest import database_url as database_url  # noqa: PLC0414
from tests.processes.worker import CLOCKWORK

MakeDesk = Callable[[int], Desk]


@pytest.fixture
def make_desk(
    pytestconfig: pytest.Config, broker: Broker, database_url: str, batch: Batch, tmp_path: Path
) -> Iterator[MakeDesk]:
    """Makes a desk whose faults strike at moments of the given seed; ends all its processes."""
    made: list[Desk] = []
    clockwork, outage = ({}, 40) if pytestconfig.getoption("--real-times") else (CLOCKWORK, 4)

    def make(seed: int) -> Desk:
        environment = clockwork | {"DATABASE_URL": database_url}
        made.append(Desk(broker, batch, tmp_path, environment, seed, outage))
        return made[-1]

    yield make
    for desk in made:
        desk.stop()
