"""The value chain: twelve steps down, the clusters across, laid out from the content."""

from __future__ import annotations

from bot.answering.content import Content
from bot.answering.schema import Step
from bot.names import CLUSTERS
from bot.pictures.lettering import Face, line_height, width, wrap
from bot.pictures.networks import local, networks
from bot.pictures.palette import Palette
from bot.pictures.shapes import Box, Disc, Line, Picture, Plate, Point, Shape, Words, paragraph
from bot.texts import Texts

WIDTH, MARGIN = 1080, 48
# The steps take the left part; each cluster has a column of the same width.
STEPS, COLUMN = 462, 144
MARK = 22
TITLE, HEAD, UNDER = Face(58, bold=True), Face(32, bold=True), Face(25)
STEP, SMALL = Face(36), Face(34)
SOURCE = "pictures.html"
# From here on the steps run across the chain, as templates/content/steps.yaml says.
FIRST_ACROSS = "resources"

Drawn = tuple[list[Shape], list[Words]]


def layout(content: Content, texts: Texts, language: str, colours: Palette) -> Picture:
    """Place title, heads, rows and key below one another."""
    title = Words(_label(texts, language, "chain_title"), MARGIN, 44, TITLE, colours.ink)
    shapes: list[Shape] = []
    words = [title]
    top = title.box.bottom
    for part, steps in _parts(content):
        words.append(Words(_label(texts, language, part), MARGIN, top + 26, HEAD, colours.quiet))
        words += _heads(content, texts, language, colours, top + 26)
        top = words[-1].box.bottom + 10
        shapes += _bands(top, sum(_row_height(step, language) for step in steps), colours)
        for step in steps:
            row_shapes, row_words = _row(step, content, language, colours, top)
            shapes += row_shapes
            words += row_words
            top += _row_height(step, language)
    key_shapes, key_words = _key(texts, language, colours, top + 30)
    height = round(key_words[-1].box.bottom) + 44
    return Picture(WIDTH, height, colours.paper, (*shapes, *key_shapes), (*words, *key_words))


def _parts(content: Content) -> list[tuple[str, list[Step]]]:
    steps = list(content.steps.values())
    cut = list(content.steps).index(FIRST_ACROSS)
    return [("along", steps[:cut]), ("across", steps[cut:])]


def _bands(top: float, height: float, colours: Palette) -> list[Shape]:
    """Shade every second column, which leads the eye from the heads down."""
    lefts = [_column(number) - COLUMN / 2 for number in range(0, len(CLUSTERS), 2)]
    return [Plate(Box(left, top, left + COLUMN, top + height), 0, colours.band) for left in lefts]


def _label(texts: Texts, language: str, name: str, **values: object) -> str:
    return texts.label(name, language, source=SOURCE, **values)


def _column(number: int) -> float:
    """Return the middle of a cluster's column."""
    return MARGIN + STEPS + COLUMN * (number + 0.5) - 24


def _centred(text: str, middle: float, top: float, face: Face, colour: str) -> Words:
    return Words(text, middle - width(text, face) / 2, top, face, colour)


def _heads(content: Content, texts: Texts, language: str, colours: Palette, top: float) -> list[Words]:
    """Name the clusters over their columns; what one is called today stands below its name."""
    heads: list[Words] = []
    for number, cluster in enumerate(networks(content)):
        colour, middle = colours.clusters[cluster.id], _column(number)
        heads.append(_centred(cluster.name, middle, top, HEAD, colour))
        today = cluster.today and _label(texts, language, "now", today=cluster.today)
        if today:
            heads.append(_centred(today, middle, heads[-1].box.bottom, UNDER, colour))
    return sorted(heads, key=lambda head: head.box.bottom)


def _lines(step: Step, language: str) -> list[str]:
    return wrap(local(step.name, language), STEP, STEPS - 44)


def _row_height(step: Step, language: str) -> float:
    return len(_lines(step, language)) * line_height(STEP) + 30


def _row(step: Step, content: Content, language: str, colours: Palette, top: float) -> Drawn:
    height = _row_height(step, language)
    edge = Plate(Box(MARGIN, top, WIDTH - MARGIN, top + 2), 0, colours.land)
    shapes: list[Shape] = [edge]
    words = paragraph(_lines(step, language), MARGIN, top + 15, STEP, colours.ink)
    for number, cluster in enumerate(networks(content)):
        middle = Point(_column(number), top + height / 2)
        shapes.append(_mark(step.clusters.get(cluster.id), middle, colours.clusters[cluster.id], colours))
        if cluster.id in step.dated:
            words.append(Words("*", middle.x + MARK + 6, middle.y - 36, STEP, colours.ink))
    return shapes, words


def _mark(rank: str | None, middle: Point, colour: str, colours: Palette) -> Shape:
    """Return a disc for P, a ring for S and a dash for nothing: the form tells it without the colour."""
    if rank == "P":
        return Disc(middle, MARK, colour)
    if rank == "S":
        return Disc(middle, MARK - 2, colour, hole=colours.paper, stroke=5)
    return Line(Point(middle.x - 12, middle.y), Point(middle.x + 12, middle.y), 4, colours.quiet)


def _key(texts: Texts, language: str, colours: Palette, top: float) -> Drawn:
    """Explain the marks in one line, the star and the origin below."""
    shapes: list[Shape] = []
    words: list[Words] = []
    left: float = MARGIN
    for name, rank in (("primary", "P"), ("secondary", "S"), ("none", None)):
        shapes.append(_mark(rank, Point(left + MARK, top + line_height(SMALL) / 2), colours.ink, colours))
        words.append(Words(_label(texts, language, name), left + 2 * MARK + 16, top, SMALL, colours.ink))
        left = words[-1].box.right + 48
    rest = [_label(texts, language, name) for name in ("dated", "own")]
    return shapes, words + paragraph(rest, MARGIN, top + 58, SMALL, colours.quiet)
