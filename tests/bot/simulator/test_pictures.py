"""The size of pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.simulator.pictures import size

RIFF = b"RIFF\x00\x00\x00\x00WEBP"
JPEG = b"\xff\xd8" + b"\xff\xe0\x00\x10" + bytes(14) + b"\xff\xc0\x00\x11\x08" + b"\x00\x64\x00\xc8" + bytes(9)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (JPEG, (200, 100)),
        (b"GIF89a" + b"\xc8\x00\x64\x00", (200, 100)),
        (RIFF + b"VP8X" + bytes(8) + b"\xc7\x00\x00\x63\x00\x00", (200, 100)),
        (RIFF + b"VP8L" + bytes(5) + (199 | 99 << 14).to_bytes(4, "little"), (200, 100)),
        (RIFF + b"VP8 " + bytes(10) + b"\xc8\x00\x64\x00", (200, 100)),
        (RIFF + b"ICCP" + bytes(20), None),
        (b"\xff\xd8\xff\xe0", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_the_size_is_read_from_the_first_bytes(content: bytes, expected: tuple[int, int] | None) -> None:
    assert size(content) == expected


def test_a_png_is_measured(picture: Callable[[int, int], bytes]) -> None:
    assert size(picture(30, 20)) == (30, 20)
