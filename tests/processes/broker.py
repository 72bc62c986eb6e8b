"""A real broker for one test: Valkey on the socket that the suite's settings name."""

import subprocess
import time
from pathlib import Path

import redis

from smartinvoice.desk.preflight import bundled_broker


class Broker:
    """Valkey, started and stopped at will; what it holds survives a restart."""

    def __init__(self, socket: Path, folder: Path) -> None:
        self.socket, self.folder = socket, folder
        self.client = redis.Redis(unix_socket_path=str(socket))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        options = {"port": "0", "unixsocket": str(self.socket), "dir": str(self.folder), "appendonly": "yes"}
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        self._process = subprocess.Popen([bundled_broker(), *arguments], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                self.client.ping()
            except redis.ConnectionError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError("the broker did not start")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(10)
            self._process = None
        self.client.close()
        self.socket.unlink(missing_ok=True)
