"""Programs need no static files, and the server wants to know where they are."""

from tests.web.conftest import plain_static_files, static_root

__all__ = ["plain_static_files", "static_root"]
