"""What a picture is made of, in pixels from its upper left corner; pure data, so that a layout can be tested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.pictures.lettering import Face, line_height, width


class Point(NamedTuple):
    """A place on the picture."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Tell whether both share more than an edge."""
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Tell whether the other lies within."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


class Area(NamedTuple):
    """A filled polygon with its edge."""

    points: tuple[Point, ...]
    colour: str
    edge: str


class Plate(NamedTuple):
    """A filled rectangle with round corners."""

    box: Box
    radius: float
    colour: str


class Line(NamedTuple):
    """A straight stroke."""

    start: Point
    end: Point
    width: float
    colour: str


class Disc(NamedTuple):
    """A filled circle, or a ring where `hole` is the colour inside."""

    centre: Point
    radius: float
    colour: str
    hole: str | None = None
    stroke: float = 6

    @property
    def box(self) -> Box:
        """The square around it."""
        (x, y), radius = self.centre, self.radius
        return Box(x - radius, y - radius, x + radius, y + radius)


class Words(NamedTuple):
    """A line of text; `left` and `top` are its upper left corner."""

    text: str
    left: float
    top: float
    face: Face
    colour: str

    @property
    def box(self) -> Box:
        """The room that the line takes."""
        return Box(self.left, self.top, self.left + width(self.text, self.face), self.top + line_height(self.face))


Shape = Area | Plate | Line | Disc


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes, drawn in their order, with words upon them."""

    width: int
    height: int
    paper: str
    shapes: tuple[Shape, ...]
    words: tuple[Words, ...]

    @property
    def box(self) -> Box:
        """The whole canvas."""
        return Box(0, 0, self.width, self.height)


def paragraph(lines: list[str], left: float, top: float, face: Face, colour: str) -> list[Words]:
    """Set lines below one another."""
    step = line_height(face)
    return [Words(line, left, top + number * step, face, colour) for number, line in enumerate(lines)]
