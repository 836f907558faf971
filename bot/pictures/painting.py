"""Picture -> PNG."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from bot.pictures.lettering import font
from bot.pictures.shapes import Area, Box, Disc, Line, Picture, Plate, Point, Shape

# Pillow draws shapes with hard edges; drawn larger and scaled down, they are smooth.
SCALE = 3
COLOURS = 192
# Where the baseline lies below the upper edge of a line, in parts of the size: letters sit in the middle of their line.
ASCENT = 0.93


def png(picture: Picture) -> bytes:
    """Paint a picture and return it as a PNG with a palette."""
    large = Image.new("RGB", (picture.width * SCALE, picture.height * SCALE), picture.paper)
    brush = ImageDraw.Draw(large)
    for shape in picture.shapes:
        _paint(brush, shape)
    image = large.resize((picture.width, picture.height), Image.Resampling.BOX)
    pen = ImageDraw.Draw(image)
    for words in picture.words:
        baseline = (words.left, words.top + ASCENT * words.face.size)
        pen.text(baseline, words.text, fill=words.colour, font=font(words.face), anchor="ls")
    file = BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _paint(brush: ImageDraw.ImageDraw, shape: Shape) -> None:
    match shape:
        case Area(points, colour, edge):
            around = [_scaled(point) for point in points]
            brush.polygon(around, fill=colour)
            brush.line([*around, around[0]], fill=edge, width=2 * SCALE, joint="curve")
        case Plate(box, radius, colour):
            brush.rounded_rectangle(_large(box), radius * SCALE, fill=colour)
        case Line(start, end, width, colour):
            brush.line([_scaled(start), _scaled(end)], fill=colour, width=round(width * SCALE))
        case Disc(_, _, colour, None):
            brush.ellipse(_large(shape.box), fill=colour)
        case Disc(_, _, colour, hole, stroke):
            brush.ellipse(_large(shape.box), fill=hole, outline=colour, width=round(stroke * SCALE))


def _scaled(point: Point) -> tuple[float, float]:
    return point.x * SCALE, point.y * SCALE


def _large(box: Box) -> tuple[float, float, float, float]:
    return box.left * SCALE, box.top * SCALE, box.right * SCALE, box.bottom * SCALE
