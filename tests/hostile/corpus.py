"""Files as strangers send them: honest ones broken at random, and ones built to harm. Seeded."""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw
from pillow_heif import register_heif_opener
from reportlab.pdfgen.canvas import Canvas

from tests.hostile import bombs

SIDE = 160  # pixels of the small pictures that are broken: reading one that still opens costs little
OUTSIDE = "hostile-outside"  # in the names of members that try to leave their folder


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file, and how it came to be."""

    name: str
    content: bytes


def corpus(count: int, seed: int) -> Iterator[Hostile]:
    """So many files: each built one once, then broken ones."""
    built = list(built_ones())
    yield from built[:count]
    rng = random.Random(seed)
    honest = honest_ones()
    breaks = [flip, cut_off, cut_out, repeat, blank, inflate, splice, mislabel, bury, append]
    for number in range(count - len(built)):
        name, content = rng.choice(honest)
        how = rng.choice(breaks)
        for _ in range(rng.choice((1, 1, 2, 4))):
            content = how(rng, content, honest)
        yield Hostile(f"{number}-{how.__name__}-{name}", content)


# --- Honest ones ---------------------------------------------------------------------------------------


def honest_ones() -> list[tuple[str, bytes]]:
    """Small files of every kind that is taken in."""
    register_heif_opener()
    picture = drawn()
    files = [
        (f"page.{kind.lower()}", saved(picture, kind)) for kind in ("PNG", "JPEG", "TIFF", "WEBP", "HEIF")
    ]
    files.append(("pages.tiff", saved(picture, "TIFF", save_all=True, append_images=[picture, picture])))
    files.append(("text.pdf", text_pdf()))
    files.append(("scan.pdf", saved(picture, "PDF")))
    files.append(("pile.zip", packed(dict(files[:3]))))
    return files


def drawn() -> Image.Image:
    """A small picture with some text on it."""
    picture = Image.new("RGB", (SIDE, SIDE), "white")
    ImageDraw.Draw(picture).text((10, 10), "TAX INVOICE\nNo 17\nTotal 118.00", fill="black")
    return picture


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def text_pdf(password: str = "") -> bytes:
    """A small PDF with text in it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(200, 200), encrypt=password or None, pageCompression=0)
    for line, text in enumerate(("TAX INVOICE", "Invoice No: 17", "Grand Total: 118.00")):
        canvas.drawString(10, 180 - 14 * line, text)
    canvas.save()
    return file.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    """A ZIP."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


# --- Ways to break one ---------------------------------------------------------------------------------

Honest = list[tuple[str, bytes]]


def somewhere(rng: random.Random, content: bytes, most: int = 400) -> tuple[int, int]:
    """The ends of a random part."""
    start = rng.randrange(len(content) or 1)
    return start, min(len(content), start + rng.randint(1, most))


def flip(rng: random.Random, content: bytes, _: Honest) -> bytes:
    """Some bytes are others."""
    broken = bytearray(content)
    places = rng.choices(range(len(broken)), k=rng.choice((1, 8, 64))) if broken else ()
    for place in places:
        broken[place] = rng.randrange(256)
    return bytes(broken)


def cut_off(rng: random.Random, content: bytes, _: Honest) -> bytes:
    """The end is missing."""
    return content[: rng.randrange(len(content) or 1)]


def cut_out(rng: random.Random, content: bytes, _: Honest) -> bytes:
    """A part is missing."""
    start, end = somewhere(rng, content)
    return content[:start] + content[end:]


def repeat(rng: random.Random, content: bytes, _: Honest) -> bytes:
    """A part is there many times."""
    start, end = somewhere(rng, content)
    return content[:end] + content[start:end] * rng.choice((1, 9, 200)) + content[end:]


def blank(rng: random.Random, content: bytes, _: Honest) -> bytes:
    """A part is zeros."""
    start, end = somewhere(rng, content)
    return content[:start] + bytes(end - start) + content[end:]


def inflate(rng: random.Random, content: bytes, _: Honest) -> bytes:
    """A figure is enormous, in text or in the four bytes of a length."""
    figures = list(re.finditer(rb"\d+", content))
    if figures and rng.random() < 0.7:
        figure = rng.choice(figures)
        huge = rng.choice((b"-1", b"0", b"99999999", b"4294967295", b"9" * 40))
        return content[: figure.start()] + huge + content[figure.end() :]
    at = rng.randrange(max(1, len(content) - 4))
    return content[:at] + rng.choice((b"\xff" * 4, b"\x7f" + b"\xff" * 3, bytes(4))) + content[at + 4 :]


def splice(rng: random.Random, content: bytes, honest: Honest) -> bytes:
    """The head of one file on the tail of another."""
    other = rng.choice(honest)[1]
    return content[: rng.randrange(len(content) or 1)] + other[rng.randrange(len(other)) :]


def mislabel(rng: random.Random, content: bytes, honest: Honest) -> bytes:
    """It begins like another kind of file."""
    other = rng.choice(honest)[1]
    return other[:16] + content[16:]


def bury(rng: random.Random, content: bytes, _: Honest) -> bytes:
    """Junk comes before it."""
    return rng.randbytes(rng.choice((3, 500, 2000))) + content


def append(rng: random.Random, content: bytes, honest: Honest) -> bytes:
    """Another whole file follows: two kinds in one."""
    return content + rng.choice(honest)[1]


# --- Ones that are built to harm -----------------------------------------------------------------------


def built_ones() -> Iterator[Hostile]:
    """Each trick we know."""
    for name, build in BUILT.items():
        yield Hostile(name, build())


def huge_page() -> bytes:
    """A page of some thousand kilometres."""
    sheet = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99999999 99999999]>>"
    return bombs.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", sheet])


def own_parent() -> bytes:
    """A page tree that holds itself."""
    return bombs.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"])


def deep_tree() -> bytes:
    """Arrays in arrays, as deep as a parser's stack or deeper."""
    return bombs.pdf([b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 200_000 + b"]" * 200_000 + b">>"])


def million_objects() -> bytes:
    """A document that is all table of contents."""
    return bombs.pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", *[b"null"] * 10**6]
    )


def many_pages() -> bytes:
    """Twenty thousand empty pages."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(20_000))
    sheet = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    pages = b"<</Type/Pages/Kids[" + kids + b"]/Count 20000>>"
    return bombs.pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages, *[sheet] * 20_000])


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG that says that it has this size."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", data),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def tiff_loop() -> bytes:
    """A TIFF whose first page is followed by itself."""
    entries = [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 1), (279, 1)]
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    return b"II*\x00" + struct.pack("<I", 8) + directory + struct.pack("<I", 8)


def zip_of_zips() -> bytes:
    """Six in six in six …"""
    content = b"0" * 10**6
    for _ in range(6):
        content = packed({f"{number}.zip": content for number in range(6)})
    return content


def wandering_zip() -> bytes:
    """Members whose names lead elsewhere."""
    names = (
        f"../../{OUTSIDE}.pdf",
        f"/tmp/{OUTSIDE}.pdf",
        f"C:\\{OUTSIDE}.pdf",
        f"a/../../{OUTSIDE}\x00.pdf",
    )
    return packed(dict.fromkeys(names, text_pdf()))


def linked_zip() -> bytes:
    """A member that is a symbolic link."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("link.pdf")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


BUILT: dict[str, Callable[[], bytes]] = {
    "nothing.pdf": lambda: b"",
    "letter.pdf": lambda: b"Dear Sir, please pay.",
    "only-a-head.pdf": lambda: b"%PDF-1.7",
    "script.svg": lambda: b"<svg onload='alert(1)'/>",
    "page.html": lambda: b"<html><script>alert(1)</script>%PDF-1.4",
    "encrypted.pdf": lambda: text_pdf("secret"),
    "huge-page.pdf": huge_page,
    "own-parent.pdf": own_parent,
    "deep-tree.pdf": deep_tree,
    "million-objects.pdf": million_objects,
    "many-pages.pdf": many_pages,
    "picture-bomb.pdf": lambda: bombs.picture_bomb(30_000),
    "content-bomb.pdf": lambda: bombs.content_bomb(60),
    "form-bomb.pdf": lambda: bombs.form_bomb(40, 10),
    "endless.png": lambda: png(2**31 - 1, 2**31 - 1, zlib.compress(bytes(10**7))),
    "wide.png": lambda: png(10**9, 1, zlib.compress(bytes(10**6))),
    "bomb.png": lambda: png(50_000, 50_000, zlib.compress(bytes(5 * 10**7), 9)),
    "loop.tiff": tiff_loop,
    "bomb.zip": lambda: packed({"bomb.pdf": b"%PDF-1.4" + bytes(2 * 10**8)}),
    "bombs.zip": lambda: packed({f"{number}.pdf": b"%PDF-1.4" + bytes(9 * 10**6) for number in range(100)}),
    "zips.zip": zip_of_zips,
    "wandering.zip": wandering_zip,
    "linked.zip": linked_zip,
    "many.zip": lambda: packed({f"{number}.txt": b"" for number in range(30_000)}),
    "polyglot.pdf": lambda: text_pdf() + packed({"page.pdf": text_pdf()}),
}
