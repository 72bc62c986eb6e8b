"""A person's picture: whatever comes in, what is kept was drawn by ourselves."""

import io
import warnings
from typing import IO

from PIL import Image, ImageOps

from accounts.models import Picture, User

MAX_BYTES = 2**20
MAX_PIXELS = 16_000_000  # told from the header, before anything is decoded: 64 MB in memory
SIDE = 256  # pixels
FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPicture(Exception):
    """The sentence says why a file cannot be a profile picture."""


def set_picture(user: User, content: IO[bytes]) -> None:
    """Keep a picture of a person.

    Raises:
        NotAPicture: see there.
    """
    Picture.objects.update_or_create(user=user, defaults={"content": encoded(content)})


def remove_picture(user: User) -> None:
    """Forget the picture of a person."""
    Picture.objects.filter(user=user).delete()


def encoded(content: IO[bytes]) -> bytes:
    """A square JPEG of a picture, upright, without its metadata.

    Raises:
        NotAPicture: see there.
    """
    data = content.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise NotAPicture("The picture is larger than 1 MB.")
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            warnings.simplefilter("ignore")  # our own limit is lower than the one that Pillow warns of
            if picture.width * picture.height > MAX_PIXELS:
                raise NotAPicture("The picture has too many pixels: 16 million at most.")
            return jpeg(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture("This is not a JPEG, PNG or WebP picture, or it is damaged.") from error


def jpeg(picture: Image.Image) -> bytes:
    """The middle square of a picture on white: only pixels are carried over."""
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    square = ImageOps.fit(upright, (SIDE, SIDE))
    drawn = Image.new("RGB", square.size, "white")
    drawn.paste(square, mask=square.getchannel("A"))
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=85)
    return out.getvalue()
