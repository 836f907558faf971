"""Letters: Source Sans Pro from its package (SIL Open Font License), so that no font of the system is needed."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

from PIL import ImageFont


class Face(NamedTuple):
    """A weight and a size in pixels."""

    size: int
    bold: bool = False


@cache
def font(face: Face) -> ImageFont.FreeTypeFont:
    """Return the font of a face."""
    weight = "Semibold" if face.bold else "Regular"
    with as_file(files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.ttf") as path:
        return ImageFont.truetype(path, face.size)


def width(text: str, face: Face) -> float:
    """Return how wide a line is, in pixels."""
    return font(face).getlength(text)


def line_height(face: Face) -> int:
    """Return the distance of two lines, in pixels."""
    return round(face.size * 1.2)


def wrap(text: str, face: Face, most: float) -> list[str]:
    """Break a text at its spaces into lines of at most `most` pixels; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, face) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
