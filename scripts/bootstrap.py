"""Make the virtual environment and keep it as the lock file says. Starts on any Python 3, to name a newer one.

python3 scripts/bootstrap.py requirements.txt
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = (
    os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
)
NEEDED = (3, 11)


def main(requirements):
    if sys.version_info < NEEDED:
        newer = newer_python()
        if newer:
            os.execvp(newer, [newer, os.path.abspath(__file__), requirements])
        stop(
            "Python %d.%d or newer is needed, this is %d.%d: install one from python.org or your system's "
            "packages, then run this again." % (NEEDED + sys.version_info[:2])
        )
    try:
        install(os.path.join(ROOT, requirements))
    except OSError as error:
        stop("Cannot write to %s (%s): make the folder yours, then run this again." % (ROOT, error.strerror))
    except subprocess.CalledProcessError:
        stop("The dependencies could not be installed (see above): check the network, then run this again.")


def newer_python():
    """The newest suitable Python beside this one, or None."""
    for minor in range(20, NEEDED[1] - 1, -1):
        name = "python3.%d" % minor
        if any(os.access(os.path.join(folder, name), os.X_OK) for folder in os.get_exec_path()):
            return name
    return None


def install(requirements):
    """Install exactly what the lock file names, once per content of the lock file."""
    with open(requirements, "rb") as file:
        wanted = hashlib.sha256(file.read() + sys.version.encode()).hexdigest()
    stamp = os.path.join(VENV, "installed-" + os.path.basename(requirements))
    if os.path.exists(stamp) and open(stamp).read() == wanted:
        return
    if not has_pip():
        print("Making the virtual environment ...", flush=True)
        make_environment()
    print("Installing what is needed (once; a minute or two) ...", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.check_call(pip + ["--require-hashes", "-r", requirements])
    subprocess.check_call(pip + ["--no-build-isolation", "--editable", ROOT])
    with open(stamp, "w") as file:
        file.write(wanted)


def has_pip():
    """Whether there is an environment that was made to its end and whose Python still runs."""
    asked = [PYTHON, "-m", "pip", "--version"]
    try:
        return subprocess.call(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_environment():
    try:
        import ensurepip  # noqa: F401 - what Debian keeps in a package of its own
        import venv
    except ImportError:
        stop(
            "This Python cannot make virtual environments: install its package for that (on Debian and Ubuntu "
            "'sudo apt install python3-venv'), then run this again."
        )
    venv.create(VENV, with_pip=True, clear=True)


def stop(sentence):
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
