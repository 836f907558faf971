from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.answering.check import check_content
from bot.answering.content import FOLDER, Content, load_content
from bot.errors import StartError

Edit = Callable[[str, str, str], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "templates" / "content"
    shutil.copytree(FOLDER, copy)
    return copy


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace the first `old` in a file; return its line."""

    def replaced(name: str, old: str, new: str) -> int:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replaced


def test_the_content_has_no_problem() -> None:
    assert check_content() == []


def test_a_broken_file_is_named_with_its_line(folder: Path, edit: Edit) -> None:
    line = edit("clusters/fpi.yaml", "name: FPI", "name: [FPI")
    problem = check_content(folder)[0]
    assert problem.file == "templates/content/clusters/fpi.yaml"
    assert problem.line >= line


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (("clusters/fpi.yaml", "id: fpi", "id: fpx"), "Input should be 'foodregio', 'nieke', 'fpi' or 'giqs'"),
        (("entries/labels.yaml", "  as_of:", "  as_off:"), "Extra inputs are not permitted"),
        (("entries/labels.yaml", "related: [", "related: [nobody, "), "related nobody does not exist"),
        (("entries/labels.yaml", "sources: [", "sources: [nowhere, "), "unknown source nowhere"),
    ],
)
def test_a_fault_is_named_with_its_line(folder: Path, edit: Edit, change: tuple[str, str, str], text: str) -> None:
    line = edit(*change)
    problems = check_content(folder)
    assert any(text in problem.text for problem in problems)
    assert any(abs(problem.line - line) <= 1 for problem in problems)


def test_a_template_over_a_missing_fact_is_a_problem(folder: Path, edit: Edit) -> None:
    edit("entries/labels.yaml", "      Die European", "      {{ fact('fpi.seat.nothing') }} Die European")
    assert any("no fact fpi.seat.nothing" in problem.text for problem in check_content(folder))


def test_an_expired_entry_must_be_checked_again(folder: Path, edit: Edit) -> None:
    edit("entries/labels.yaml", "  checked: ", "  expires: 2026-12-31\n  checked: ")
    assert check_content(folder, date(2026, 12, 31)) == []
    assert any("expired on 2026-12-31" in problem.text for problem in check_content(folder, date(2027, 1, 1)))


def test_loading_names_the_first_fault(folder: Path, edit: Edit) -> None:
    edit("sources.yaml", 'url: "https', 'url: "nohttps')
    with pytest.raises(StartError, match=r"templates/content/sources\.yaml:\d+: url"):
        load_content(folder)


def test_facts_are_found_by_key(content: Content) -> None:
    assert content.fact("foodregio.contact.office").data["city"] == "Lübeck"
    with pytest.raises(KeyError):
        content.fact("foodregio.nothing")
