"""The version of this code: a worker of another version is worth a warning."""

from importlib.metadata import version

VERSION = version("smartinvoice")
