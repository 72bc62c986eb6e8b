"""PDFs that look small and are not."""

import io
import zlib


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects; the first is the catalogue."""
    file = io.BytesIO()
    file.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(file.tell())
        file.write(b"%d 0 obj%s\nendobj\n" % (number, body))
    table = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.write(b"".join(b"%010d 00000 n \n" % at for at in offsets))
    file.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))
    return file.getvalue()


def page(content: bytes, *resources: bytes) -> bytes:
    """A PDF of one page; ``content`` is its stream object, the first of ``resources`` is named X."""
    catalogue, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    names = b"/Resources<</XObject<</X 5 0 R>>>>"
    sheet = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % names
    return pdf([catalogue, pages, sheet, content, *resources])


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data, 9)
    head = b"<<%s/Filter/FlateDecode/Length %d>>stream\n" % (entries, len(packed))
    return head + packed + b"\nendstream"


def picture_bomb(side: int) -> bytes:
    """A picture of ``side`` x ``side`` black pixels, a few kilobytes long."""
    entries = b"/Type/XObject/Subtype/Image/BitsPerComponent 1/ColorSpace/DeviceGray/Width %d/Height %d"
    return page(
        stream(b"q 500 0 0 500 0 0 cm /X Do Q"),
        stream(bytes(side * side // 8), entries % (side, side)),
    )


def content_bomb(megabytes: int) -> bytes:
    """A page that draws millions of lines."""
    return page(stream(b"1 1 m 9 9 l S " * (megabytes * 2**20 // 14)), stream(b""))


def form_bomb(depth: int, width: int) -> bytes:
    """Forms within forms, each drawing the next ``width`` times."""
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [stream(b"/X Do " * width, entries % (number + 6)) for number in range(depth)]
    return page(stream(b"/X Do"), *forms, stream(b"0 0 m 9 9 l S", entries % 5))
