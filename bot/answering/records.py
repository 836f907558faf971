"""Reads a content file that is one record."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from bot.answering.content import FOLDER, Problem
from bot.answering.schema import Record
from bot.answering.yaml_lines import Document
from bot.errors import StartError

T = TypeVar("T", bound=Record)


def load_record(path: Path, model: type[T]) -> T:
    """Read a file; raises StartError naming file and line of the first fault."""
    root = next((folder for folder in path.parents if folder.name == FOLDER.name), None)
    name = path.relative_to(root.parent.parent).as_posix() if root else str(path)
    try:
        document = Document(path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise StartError(str(Problem(name, mark.line + 1 if mark else 1, str(error).splitlines()[0]))) from None
    except OSError as error:
        raise StartError(f"{name}: {error.strerror}") from None
    except ValueError:
        raise StartError(str(Problem(name, 1, "not a text in UTF-8"))) from None
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(map(str, fault["loc"]))
        said = fault["msg"].removeprefix("Value error, ")
        text = f"{place}: {said}" if place else said
        raise StartError(str(Problem(name, document.line(fault["loc"]), text))) from None
