"""How static files are served."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

OUR_IMPORTS = ("web/js/*.js", ((r'(?P<matched>from "(?P<url>\.[^"]+)")', 'from "%(url)s"'),))


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Static files under names made from their content, so that browsers may keep them for ever.

    Our modules import each other by these names, too. (Django's own support for that would follow the
    imports of every library, some of which lead nowhere.)
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, OUR_IMPORTS)
