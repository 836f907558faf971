"""YAML with the line number of every value, so that a fault in the content can be found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

Steps = tuple[str | int, ...]
# The parser in C reads the content ten times as fast; not every build of PyYAML has it.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Document:
    """A parsed content file: `data`, and the line of any place in it."""

    def __init__(self, path: Path) -> None:
        """Parse `path`; raises yaml.YAMLError with the place of a fault."""
        self.path = path
        loader = Loader(path.read_text(encoding="utf-8"))
        try:
            self._root = loader.get_single_node()
            self.data: Any = loader.construct_document(self._root) if self._root else None
        finally:
            loader.dispose()

    def line(self, steps: Steps = ()) -> int:
        """Return the 1-based line of the value that `steps` lead to, or of the last one found on the way."""
        node: yaml.Node | None = self._root
        found = 1
        for step in (*steps, None):
            if node is None:
                break
            found = node.start_mark.line + 1
            node = _child(node, step) if step is not None else None
        return found


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return None
