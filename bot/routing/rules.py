"""Reads the places and the routing rules from templates/content."""

from __future__ import annotations

from pathlib import Path

from bot.answering.content import FOLDER
from bot.answering.records import load_record
from bot.routing.schema import Places, Rules


def load_places(folder: Path = FOLDER) -> Places:
    """Read places.yaml; raises StartError naming file and line of the first fault."""
    return load_record(folder / "places.yaml", Places)


def load_rules(folder: Path = FOLDER) -> Rules:
    """Read routing.yaml; raises StartError naming file and line of the first fault."""
    return load_record(folder / "routing.yaml", Rules)
