"""Images that the student's code said something about: a small PNG each for pages, the captions for a terminal."""

from __future__ import annotations

import base64
import struct
import zlib

from autograder.render import labels
from autograder.render.outline import label
from autograder.result import Image, Images
from autograder.text import Lang


def tiles(images: Images) -> list[tuple[str, str, str, str]]:
    """For each image: address (a `data:` URL), caption, `pass`, `fail` or no verdict, and its sign."""
    return [
        (_url(image, images.width, images.height), label(image.caption, 40), _verdict(image), _sign(image))
        for image in images.images
    ]


def text(images: Images, lang: Lang) -> str:
    """The captions with their signs; a terminal has no pixels."""
    told = [f"{label(image.caption, 40)} {_sign(image)}".strip() for image in images.images]
    return "   ".join([*told, labels.SEE_PAGE.in_(lang)])


def _verdict(image: Image) -> str:
    return {True: "pass", False: "fail", None: ""}[image.right]


def _sign(image: Image) -> str:
    verdict = _verdict(image)
    return labels.SIGNS["pass" if verdict == "pass" else "fail"] if verdict else ""


def _url(image: Image, width: int, height: int) -> str:
    """The image as a PNG (ISO/IEC 15948): 8-bit grey, no filter, one compressed block."""
    rows = [image.pixels[row * width : (row + 1) * width].ljust(width, b"\0") for row in range(height)]
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    png = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
