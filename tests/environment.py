"""The suite's environment: a pytest plugin, since it must be set before Django's settings load."""

import atexit
import os
import shutil
import tempfile

import pytest

DATA_DIR = tempfile.mkdtemp(prefix="smartinvoice-tests-")
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

os.environ["SMARTINVOICE_DATA_DIR"] = DATA_DIR
os.environ["INVOICE_READER"] = "tests.readers:ScriptedReader"
os.environ["CELERY_BROKER_URL"] = f"redis+socket://{DATA_DIR}/broker.sock"  # tests that want one start it
os.environ["CELERY_RESULT_BACKEND"] = os.environ["CELERY_BROKER_URL"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that a skipped test fails the run, where everything must be there."""
    if nothing_may_be_skipped() and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("SMARTINVOICE_NOTHING_SKIPPED is set, yet tests were skipped.", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail such a run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if nothing_may_be_skipped() and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def nothing_may_be_skipped() -> bool:
    """Whether this machine has everything, as CI does."""
    return bool(os.environ.get("SMARTINVOICE_NOTHING_SKIPPED"))
