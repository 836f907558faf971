"""The commands `gfcbot ask` and `gfcbot route`, without a process of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import asking
from bot.errors import StartError


def test_route_prints_the_clusters_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert asking.route("Wir suchen in Kiel Kartons für Eier", None) == 0
    printed = capsys.readouterr().out
    assert printed.index("foodRegio") < printed.index("FPI")
    assert "Schleswig-Holstein" in printed
    assert "<b>" not in printed


def test_route_answers_json_lines_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "enquiries.jsonl"
    file.write_text('{"text": "Kartons für Eier, Kiel"}\n\n{"text": "apprentices wanted", "lang": null}\n')
    assert asking.route("", str(file)) == 0
    german, english = map(json.loads, capsys.readouterr().out.splitlines())
    assert (german["kind"], german["steps"], german["region"]) == ("routed", ["packaging"], "DE-SH")
    assert (english["lang"], english["clusters"][0]["id"], english["region"]) == ("en", "foodregio", None)


@pytest.mark.parametrize(("given", "told"), [("nonsense\n", "line 1: not JSON"), ('{"txt": 1}\n', "line 1: needs")])
def test_a_line_that_is_no_request_is_explained(given: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "lines"
    file.write_text(given)
    with pytest.raises(StartError, match=told):
        asking.route("", str(file))


def test_an_empty_command_says_what_to_type() -> None:
    with pytest.raises(StartError, match="gfcbot route"):
        asking.route("", None)
    with pytest.raises(StartError, match="gfcbot ask"):
        asking.ask("", None)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(StartError, match=r"/nowhere/lines: No such file"):
        asking.route("", "/nowhere/lines")
