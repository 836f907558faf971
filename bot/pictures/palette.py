"""The colours, light and dark: text reaches 4.5 : 1 on its ground, marks 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #rrggbb; `clusters` holds one for each cluster."""

    paper: str
    band: str
    land: str
    border: str
    edge: str
    ink: str
    quiet: str
    clusters: dict[str, str]


LIGHT = Palette(
    paper="#fbfaf6",
    band="#f1f0e9",
    land="#dfe5da",
    border="#fbfaf6",
    edge="#c3ccbf",
    ink="#1f2a2e",
    quiet="#566268",
    clusters={"foodregio": "#17648a", "nieke": "#3b7330", "fpi": "#ad4f12", "giqs": "#7a3b86"},
)
DARK = Palette(
    paper="#14191c",
    band="#1c2327",
    land="#2b3639",
    border="#14191c",
    edge="#465357",
    ink="#eef0ea",
    quiet="#a5b0b3",
    clusters={"foodregio": "#74c0e0", "nieke": "#96cc7f", "fpi": "#f2a76d", "giqs": "#d3a5dd"},
)


def palette(*, dark: bool) -> Palette:
    """Return the colours for a light or a dark screen."""
    return DARK if dark else LIGHT
