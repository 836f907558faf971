"""The seats of the four clusters: read from the content, and laid out on a map of Germany."""

from __future__ import annotations

from typing import NamedTuple

from bot.answering.content import Content
from bot.answering.schema import Cluster
from bot.pictures.geography import Frame, frame, outline
from bot.pictures.lettering import Face, line_height, width, wrap
from bot.pictures.networks import networks
from bot.pictures.palette import Palette
from bot.pictures.plates import Plates, Sign, place
from bot.pictures.shapes import Area, Disc, Picture, Point, Shape, Words, paragraph
from bot.texts import Texts

WIDTH, MARGIN = 1080, 56
DOT, RING = 13, 8
TITLE, NAME, TOWN, SMALL = Face(58, bold=True), Face(42, bold=True), Face(42), Face(34)
SOURCE = "pictures.html"


class Former(NamedTuple):
    """Where an office was before, in degrees."""

    town: str
    longitude: float
    latitude: float


class Seat(NamedTuple):
    """Where a cluster is based, in degrees; `since` is the year of a move."""

    cluster: str
    short: str
    name: str
    town: str
    longitude: float
    latitude: float
    as_of: str
    told: dict[str, str]
    note: dict[str, str] | None
    since: str = ""
    former: Former | None = None


def seats(content: Content, texts: Texts, language: str) -> list[Seat]:
    """Return the seats in the order of the platform; raises KeyError where a fact `seat.town` lacks its place."""
    return [_seat(content, cluster, texts, language) for cluster in networks(content)]


def _seat(content: Content, known: Cluster, texts: Texts, language: str) -> Seat:
    fact = content.fact(f"{known.id}.seat.town")
    town, longitude, latitude = (str(fact.data[key]) for key in ("city", "longitude", "latitude"))
    former = None
    if "former_city" in fact.data:
        before, east, north = (str(fact.data[f"former_{key}"]) for key in ("city", "longitude", "latitude"))
        former = Former(before, float(east), float(north))
    name = texts.label("named", language, source=SOURCE, cluster=known.name, today=known.today)
    since = str(fact.data.get("since", ""))
    place = float(longitude), float(latitude)
    return Seat(known.id, known.name, name, town, *place, fact.as_of, fact.value, fact.note, since, former)


def layout(content: Content, texts: Texts, language: str, colours: Palette) -> Picture:
    """Place the map, a plate beside each seat, and the key below."""
    known = seats(content, texts, language)
    title = Words(texts.label("seats_title", language, source=SOURCE), MARGIN, 48, TITLE, colours.ink)
    rings = outline(texts.folder / "pictures" / "germany.yaml")
    on = frame(rings, MARGIN, WIDTH - MARGIN, title.box.bottom + 40)
    areas = [Area(tuple(on.point(*place) for place in ring), colours.land, colours.border) for ring in rings]
    marks = [mark for seat in known for mark in _marks(seat, on, colours)]
    plates = _plates(known, on, texts, language, colours)
    key_shapes, key_words = _key(known, on.bottom + 32, texts, language, colours)
    return Picture(
        width=WIDTH,
        height=round(key_words[-1].box.bottom) + 48,
        paper=colours.paper,
        shapes=(*areas, *plates.shapes, *marks, *key_shapes),
        words=(title, *plates.words, *key_words),
    )


def _marks(seat: Seat, on: Frame, colours: Palette) -> list[Disc]:
    colour = colours.clusters[seat.cluster]
    marks = [Disc(on.point(seat.longitude, seat.latitude), DOT, colour)]
    if seat.former:
        before = on.point(seat.former.longitude, seat.former.latitude)
        marks.append(Disc(before, RING, colour, hole=colours.paper, stroke=4))
    return marks


def _plates(known: list[Seat], on: Frame, texts: Texts, language: str, colours: Palette) -> Plates:
    signs = []
    for seat in known:
        colour = colours.clusters[seat.cluster]
        lines = [(seat.name, NAME, colour), (seat.town, TOWN, colours.ink)]
        if seat.former:
            moved = texts.label("moved", language, source=SOURCE, year=seat.since, town=seat.former.town)
            lines.append((moved, SMALL, colours.ink))
        marks = tuple(mark.box for mark in _marks(seat, on, colours))
        signs.append(Sign(on.point(seat.longitude, seat.latitude), marks, tuple(lines), colour))
    return place(signs, colours.paper, colours.edge)


def _key(
    known: list[Seat], top: float, texts: Texts, language: str, colours: Palette
) -> tuple[list[Shape], list[Words]]:
    now, before = (texts.label(name, language, source=SOURCE) for name in ("seat_now", "seat_before"))
    middle, second = top + line_height(SMALL) / 2, MARGIN + 44 + width(now, SMALL) + 60
    dates = texts.label("seat_dates", language, source=SOURCE, seats=known)
    shapes: list[Shape] = [
        Disc(Point(MARGIN + DOT, middle), DOT, colours.ink),
        Disc(Point(second + RING, middle), RING, colours.ink, hole=colours.paper, stroke=4),
    ]
    return shapes, [
        Words(now, MARGIN + 44, top, SMALL, colours.ink),
        Words(before, second + 34, top, SMALL, colours.ink),
        *paragraph(wrap(dates, SMALL, WIDTH - 2 * MARGIN), MARGIN, top + 54, SMALL, colours.quiet),
    ]
