"""Reads the places and the routing rules from templates/content."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from bot.answering.content import FOLDER, Problem
from bot.answering.schema import Record
from bot.answering.yaml_lines import Document
from bot.errors import StartError
from bot.routing.schema import Places, Rules

T = TypeVar("T", bound=Record)


def load_places(folder: Path = FOLDER) -> Places:
    """Read places.yaml; raises StartError naming file and line of the first fault."""
    return _load(folder / "places.yaml", Places)


def load_rules(folder: Path = FOLDER) -> Rules:
    """Read routing.yaml; raises StartError naming file and line of the first fault."""
    return _load(folder / "routing.yaml", Rules)


def _load(path: Path, model: type[T]) -> T:
    name = path.relative_to(path.parents[2]).as_posix()
    try:
        document = Document(path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise StartError(str(Problem(name, mark.line + 1 if mark else 1, str(error).splitlines()[0]))) from None
    except OSError as error:
        raise StartError(f"{name}: {error.strerror}") from None
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        text = f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
        raise StartError(str(Problem(name, document.line(fault["loc"]), text))) from None
