"""Runs a program that must not outlive the desk: ``python tied.py PROGRAM [ARGUMENT ...]``.

Supervisor stops its children when it is asked to end, but not when it is killed itself. On Linux the kernel
then kills them, and what they had begun is recovered as after any crash; elsewhere they have to be ended by
hand (docs/operations.md).
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606
