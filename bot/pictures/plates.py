"""Plates with a name beside places on a map: none covers another, nor a mark."""

from __future__ import annotations

import math
from typing import NamedTuple

from bot.pictures.lettering import Face, line_height, width
from bot.pictures.shapes import Box, Line, Plate, Point, Shape, Words

GAP, APART = 30, 14
PADDING = 16
BAR = 8
CLEARANCE = 16


class Sign(NamedTuple):
    """What a plate says, about which place; `marks` are the marks of that place."""

    at: Point
    marks: tuple[Box, ...]
    lines: tuple[tuple[str, Face, str], ...]
    colour: str

    @property
    def height(self) -> float:
        """The height of its plate."""
        return sum(line_height(face) for _, face, _ in self.lines) + 2 * PADDING

    @property
    def width(self) -> float:
        """The width of its plate."""
        return max(width(text, face) for text, face, _ in self.lines) + BAR + 2 * PADDING


class Plates(NamedTuple):
    """The plates as shapes and words, and the boxes that they take."""

    boxes: tuple[Box, ...]
    shapes: tuple[Shape, ...]
    words: tuple[Words, ...]


def place(signs: list[Sign], paper: str, edge: str) -> Plates:
    """Put a plate to the right of each place, moved up or down where two would meet."""
    ordered = sorted(signs, key=lambda sign: sign.at.y)
    tops = _apart(ordered)
    marks = [mark for sign in signs for mark in sign.marks]
    boxes = [_box(sign, top, marks) for sign, top in zip(ordered, tops, strict=True)]
    shapes: list[Shape] = []
    words: list[Words] = []
    for sign, box in zip(ordered, boxes, strict=True):
        shapes += _shapes(sign, box, paper, edge)
        words += _words(sign, box)
    return Plates(tuple(boxes), tuple(shapes), tuple(words))


def _apart(signs: list[Sign]) -> list[float]:
    """Return the upper edges; neighbours that would meet move apart by the same distance each, as one group."""
    groups: list[list[Sign]] = []
    for sign in signs:
        groups.append([sign])
        while len(groups) > 1 and _start(groups[-2]) + _length(groups[-2]) + APART > _start(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    tops = []
    for group in groups:
        top = _start(group)
        for sign in group:
            tops.append(top)
            top += sign.height + APART
    return tops


def _length(group: list[Sign]) -> float:
    return sum(sign.height for sign in group) + APART * (len(group) - 1)


def _start(group: list[Sign]) -> float:
    """Return the upper edge of a group whose plates lie as near as they can to their places."""
    above, wishes = 0.0, 0.0
    for sign in group:
        wishes += sign.at.y - sign.height / 2 - above
        above += sign.height + APART
    return wishes / len(group)


def _box(sign: Sign, top: float, marks: list[Box]) -> Box:
    left = max(mark.right for mark in sign.marks) + GAP
    for mark in sorted(marks):
        beside = Box(left, top, left + sign.width, top + sign.height)
        if beside.overlaps(mark):
            left = mark.right + GAP
    return Box(left, top, left + sign.width, top + sign.height)


def _shapes(sign: Sign, box: Box, paper: str, edge: str) -> list[Shape]:
    bar = Box(box.left, box.top, box.left + BAR, box.bottom)
    leader = Line(sign.at, _end(sign, box), 4, sign.colour)
    inner = Box(box.left, box.top + 2, box.right - 2, box.bottom - 2)
    return [leader, Plate(box, 10, edge), Plate(inner, 8, paper), Plate(bar, BAR / 2, sign.colour)]


def _end(sign: Sign, box: Box) -> Point:
    """Return where the leader meets the plate: the nearest spot that keeps it clear of the place's other marks."""
    others = [mark for mark in sign.marks if _middle(mark) != sign.at]
    level = min(max(sign.at.y, box.top + PADDING), box.bottom - PADDING)
    ends = [Point(box.left, y) for y in (level, box.bottom - PADDING, box.top + PADDING)]
    clear = (end for end in ends if all(_distance(mark, sign.at, end) > CLEARANCE for mark in others))
    return next(clear, ends[0])


def _middle(box: Box) -> Point:
    return Point((box.left + box.right) / 2, (box.top + box.bottom) / 2)


def _distance(mark: Box, start: Point, end: Point) -> float:
    """Return how far the middle of a mark is from the straight line through two points."""
    point = _middle(mark)
    across, down = end.x - start.x, end.y - start.y
    return abs((point.x - start.x) * down - (point.y - start.y) * across) / (math.hypot(across, down) or 1)


def _words(sign: Sign, box: Box) -> list[Words]:
    words, top = [], box.top + PADDING
    for text, face, colour in sign.lines:
        words.append(Words(text, box.left + BAR + PADDING, top, face, colour))
        top += line_height(face)
    return words
