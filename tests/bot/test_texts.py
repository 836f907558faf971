"""Every text exists in every language, and renders."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from bot.errors import StartError
from bot.texts import TEMPLATES, Texts

CATALOGUES = sorted(TEMPLATES.glob("locale/*/LC_MESSAGES/messages.po"))
OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}


def in_templates() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(
        TEMPLATES / "messages", method_map=[("**.html", "jinja2")], options_map={"**.html": OPTIONS}
    )
    return {message for _, _, message, _, _ in found}


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_no_string_is_untranslated_fuzzy_or_left_over(path: Path) -> None:
    messages = [message for message in catalogue(path) if message.id]
    assert {message.id for message in messages} == in_templates()
    assert [message.id for message in messages if message.fuzzy or not all(strings(message.string))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_placeholders_are_the_same(path: Path) -> None:
    assert [errors for _, errors in catalogue(path).check()] == []


def strings(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def test_german_is_german_and_english_is_the_source(texts: Texts) -> None:
    assert texts.languages == ("en", "de")
    assert "Kennung: A1" in texts.render("errors/unexpected.html", "de", reference="A1")
    assert "Reference: A1" in texts.render("errors/unexpected.html", "en", reference="A1")


@pytest.mark.parametrize(
    ("wish", "language"), [("de-AT", "de"), ("de_CH", "de"), ("EN-gb", "en"), ("nl", "en"), (None, "en")]
)
def test_a_region_is_cut_and_an_unknown_language_is_english(texts: Texts, wish: str | None, language: str) -> None:
    assert texts.language(wish) == language


def test_values_are_escaped(texts: Texts) -> None:
    assert "&lt;b&gt;" in texts.render("errors/unexpected.html", "en", reference="<b>")


def test_a_missing_value_is_an_error(texts: Texts) -> None:
    with pytest.raises(UndefinedError):
        texts.render("errors/unexpected.html", "en")


def test_labels_are_plain_text(texts: Texts) -> None:
    for language in texts.languages:
        for name in texts.labels():
            label = texts.label(name, language)
            assert label
            assert "&" not in label.replace(" & ", "")
            assert "\n" not in label


def test_dates_numbers_and_lists_speak_the_language(texts: Texts) -> None:
    source = "{{ day|date }}; {{ 9350000|number }}; {{ ['A', 'B', 'C&D']|list }}; {{ time|datetime }}"
    values = {"day": date(2024, 5, 30), "time": datetime(2026, 11, 24, 23, 30, tzinfo=UTC)}
    german = texts.render_source(source, "de", **values)
    assert german == "30. Mai 2024; 9.350.000; A, B und C&amp;D; 25.11.2026, 00:30:00"
    english = texts.render_source(source, "en", **values)
    assert english == "30 May 2024; 9,350,000; A, B and C&amp;D; 25 Nov 2026, 00:30:00"


def test_authored_content_cannot_reach_python(texts: Texts) -> None:
    with pytest.raises(SecurityError):
        texts.render_source("{{ ''.__class__.__mro__ }}", "en")


def test_a_broken_template_is_one_line_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "bad.html").write_text("one\n{% if %}\n")
    with pytest.raises(StartError, match=r"templates/messages/bad\.html:2: "):
        Texts.load(tmp_path).check()


def test_a_broken_catalogue_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text('msgid "a"\nnonsense\n')
    with pytest.raises(StartError, match=r"messages\.po"):
        Texts.load(tmp_path)
