"""The sandbox against readers that really crash, hang, hoard and lie."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extraction.errors import ReadingError
from extraction.limits import MIB, Limits
from extraction.sandbox import SandboxedReader
from extraction.sandbox_worker import Message, receive, send
from tests.extraction import drawn
from tests.hostile import bombs

READERS = "tests.extraction.readers"
TIGHT = Limits(wall_seconds=20, cpu_seconds=1, memory_bytes=600 * MIB)
SHORT = Limits(wall_seconds=0.5)
BOMB_PROOF = Limits(wall_seconds=60, cpu_seconds=5, memory_bytes=500 * MIB)


@pytest.fixture
def sandbox() -> Iterator[SandboxedReader]:
    with SandboxedReader(f"{READERS}:Trouble", TIGHT) as reader:
        yield reader


def child_of(reader: SandboxedReader, name: str = "fine") -> int:
    """The process id of the child, which the reader writes into its reading."""
    return int(reader.read(Path(name)).engine)


def is_running(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid: int) -> bool:
    for _ in range(200):
        if not is_running(pid):
            return True
        time.sleep(0.05)
    return False


def test_reading_comes_back_whole_though_libraries_print(sandbox: SandboxedReader) -> None:
    reading = sandbox.read(Path("invoice.pdf"))
    assert reading.invoice.number == "invoice.pdf"


def test_one_child_serves_many_documents(sandbox: SandboxedReader) -> None:
    assert len({child_of(sandbox) for _ in range(3)}) == 1


def test_child_is_replaced_after_its_share_of_documents() -> None:
    with SandboxedReader(f"{READERS}:Echo", recycle_after=2) as reader:
        children = [child_of(reader) for _ in range(5)]
    assert children[0] == children[1] != children[2] == children[3] != children[4]
    assert not any(map(is_running, children))


def test_permanent_errors_pass_through_and_keep_the_child(sandbox: SandboxedReader) -> None:
    before = child_of(sandbox)
    with pytest.raises(ReadingError) as caught:
        sandbox.read(Path("encrypted"))
    assert (caught.value.code, caught.value.permanent) == ("encrypted", True)
    assert child_of(sandbox) == before


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("loop", "timeout"),
        ("exit", "crashed"),
        ("bug", "crashed"),
        ("segfault", "crashed"),
        ("hoard", "out_of_memory"),
        ("native_hoard", "out_of_memory"),
        ("killed", "out_of_memory"),
    ],
)
def test_trouble_becomes_an_error_and_the_next_document_is_read(
    sandbox: SandboxedReader, trouble: str, code: str
) -> None:
    before = child_of(sandbox)
    with pytest.raises(ReadingError) as caught:
        sandbox.read(Path(trouble))
    assert (caught.value.code, caught.value.permanent) == (code, False)
    assert child_of(sandbox) != before


def test_hanging_document_is_stopped_together_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with (
        SandboxedReader(f"{READERS}:Trouble", SHORT) as reader,
        pytest.raises(ReadingError, match="timeout"),
    ):
        reader.read(Path("bear"))
    assert wait_until_gone(int((tmp_path / "born").read_text()))


def test_child_killed_between_documents_is_replaced(sandbox: SandboxedReader) -> None:
    first = child_of(sandbox)
    os.kill(first, signal.SIGKILL)
    assert wait_until_gone(first)
    assert child_of(sandbox) != first


@pytest.mark.parametrize(
    "bomb",
    [bombs.content_bomb(megabytes=300), bombs.form_bomb(depth=12, width=10)],
    ids=["content", "forms"],
)
def test_documents_that_explode_take_only_the_child_with_them(bomb: bytes, tmp_path: Path) -> None:
    (tmp_path / "bomb").write_bytes(bomb)
    drawn.printed_pdf(tmp_path / "invoice", pages=2)
    with SandboxedReader(f"{READERS}:Opener", BOMB_PROOF) as reader:
        with pytest.raises(ReadingError, match=r"crashed|timeout|out_of_memory"):
            reader.read(tmp_path / "bomb")
        assert reader.read(tmp_path / "invoice").confidence == 2


def test_reader_that_cannot_start_is_an_error() -> None:
    with SandboxedReader(f"{READERS}:Unborn") as reader, pytest.raises(ReadingError, match="crashed"):
        reader.read(Path("fine"))


def test_nonsense_from_a_corrupted_child_is_an_error() -> None:
    with SandboxedReader(f"{READERS}:Liar") as reader, pytest.raises(ReadingError, match="crashed"):
        reader.read(Path("fine"))


def test_child_sees_no_secrets_of_the_environment(
    sandbox: SandboxedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://user:password@host/db")
    assert sandbox.read(Path("secret")).invoice.number == "secret"


def test_child_dies_with_its_parent_even_amid_a_document(tmp_path: Path) -> None:
    script = f"""
from pathlib import Path
from extraction.sandbox import SandboxedReader
reader = SandboxedReader("{READERS}:Trouble")
print(reader.read(Path("fine")).engine, flush=True)
reader.read(Path("hang"))
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.kill()
    assert wait_until_gone(child)


def test_each_thread_may_have_its_own() -> None:
    children = []

    def work() -> None:
        with SandboxedReader(f"{READERS}:Echo") as reader:
            children.append(child_of(reader))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(children)) == 2


def test_messages_survive_the_pipe_and_oversized_ones_are_refused() -> None:
    pipe = io.BytesIO()
    sent = Message("₹".encode()), Message(b"damaged", is_error=True)
    for message in sent:
        send(pipe, message)
    pipe.seek(0)
    assert (receive(pipe, 100), receive(pipe, 100), receive(pipe, 100)) == (*sent, None)
    pipe.seek(0)
    with pytest.raises(ValueError, match="bytes"):
        receive(pipe, 2)
    assert receive(io.BytesIO(b"\x00\x00\x00\x09\x00{"), 100) is None
