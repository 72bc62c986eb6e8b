"""Nothing is lost, doubled or stuck, whatever goes wrong: real broker, real workers, both databases."""

import shutil
import time
from contextlib import suppress

import pytest

from invoice_processor.models import Batch, Notification
from invoice_processor.services import batches
from tests.environment import nothing_may_be_skipped
from tests.faults.conftest import MakeDesk
from tests.faults.desk import left, wait_for
from tests.faults.options import SEEN, Seen
from tests.faults.proof import assert_a_person_sees_it, prove
from tests.faults.strikes import FAULTS, Fault

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

RECOVERY = 180  # seconds from a fault's end
RETRIES = 60 + 120 + 240  # seconds that a file which fails each time waits between its attempts


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each fault as many rounds as are asked for."""
    rounds = metafunc.config.getoption("--rounds")
    metafunc.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
    metafunc.parametrize("round_number", range(rounds))


def test_every_file_ends_exactly_once(
    pytestconfig: pytest.Config, make_desk: MakeDesk, batch: Batch, fault: Fault, round_number: int
) -> None:
    if fault.needs and not shutil.which(fault.needs) and not nothing_may_be_skipped():
        pytest.skip(f"{fault.needs} is not installed")
    desk = make_desk(pytestconfig.getoption("--seed") + round_number)
    fault.strike(desk, pytestconfig.getoption("--files"))
    batches.close(batch)
    over = time.monotonic()
    with suppress(TimeoutError):  # the proof says what is stuck
        wait_for(lambda: left() <= fault.failing, RECOVERY, "not everything ended")
    recovery = time.monotonic() - over
    retries = RETRIES if fault.failing and pytestconfig.getoption("--real-times") else 0
    with suppress(TimeoutError):
        wait_for(lambda: not left() and Notification.objects.exists(), RECOVERY + retries, "it is not told")
    proof = prove(batch, desk.accepted)
    pytestconfig.stash[SEEN].append(Seen(fault.name, proof.lost, proof.doubled, proof.stuck, recovery))
    assert (proof.lost, proof.doubled, proof.stuck) == (0, 0, 0)
    assert recovery < RECOVERY
    assert_a_person_sees_it(batch, desk.accepted, fault.failing)
