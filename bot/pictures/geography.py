"""Germany's outline, and where a place lies on the picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.pictures.shapes import Point

# Lengths are true on this parallel, in the middle of Germany.
PARALLEL = math.cos(math.radians(51))

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """An equirectangular projection that fits the outline into a width; `scale` is pixels a degree of latitude."""

    west: float
    north: float
    scale: float
    left: float
    top: float
    bottom: float

    def point(self, longitude: float, latitude: float) -> Point:
        """Return the place of a longitude and a latitude in degrees."""
        across = (longitude - self.west) * PARALLEL
        return Point(self.left + across * self.scale, self.top + (self.north - latitude) * self.scale)


@lru_cache(maxsize=4)
def outline(path: Path) -> tuple[Ring, ...]:
    """Read the rings of all Länder, as (longitude, latitude), in the order of drawing."""
    read: dict[str, list[str]] = yaml.safe_load(path.read_text("utf-8"))
    return tuple(_ring(ring) for rings in read.values() for ring in rings)


def frame(rings: tuple[Ring, ...], left: float, right: float, top: float) -> Frame:
    """Fit the rings between two margins, below `top`."""
    longitudes = [longitude for ring in rings for longitude, _ in ring]
    latitudes = [latitude for ring in rings for _, latitude in ring]
    west, north = min(longitudes), max(latitudes)
    scale = (right - left) / ((max(longitudes) - west) * PARALLEL)
    return Frame(west, north, scale, left, top, bottom=top + (north - min(latitudes)) * scale)


def _ring(text: str) -> Ring:
    pairs = (pair.split(",") for pair in text.split())
    return tuple((float(longitude), float(latitude)) for longitude, latitude in pairs)
