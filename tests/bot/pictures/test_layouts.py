"""Every word lies on the canvas and covers no other; the marks follow the content."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from bot.answering.content import Content
from bot.pictures import chain, seats
from bot.pictures.lettering import Face, width, wrap
from bot.pictures.palette import DARK, LIGHT
from bot.pictures.plates import Sign, place
from bot.pictures.shapes import Box, Disc, Line, Picture, Plate, Point
from bot.texts import Texts

LANGUAGES = ("de", "en")
LAYOUTS = {"seats": seats.layout, "chain": chain.layout}


@pytest.fixture(params=LAYOUTS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_lie_on_the_canvas_and_apart(kind: str, content: Content, texts: Texts, language: str) -> None:
    picture = LAYOUTS[kind](content, texts, language, LIGHT)
    assert [words.text for words in picture.words if not picture.box.holds(words.box)] == []
    overlaps = [(a.text, b.text) for a, b in combinations(picture.words, 2) if a.box.overlaps(b.box)]
    assert overlaps == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_cover_no_mark(kind: str, content: Content, texts: Texts, language: str) -> None:
    picture = LAYOUTS[kind](content, texts, language, LIGHT)
    assert [words.text for words in picture.words for disc in discs(picture) if words.box.overlaps(disc.box)] == []


def test_layouts_differ_in_colours_only(kind: str, content: Content, texts: Texts) -> None:
    light, dark = (LAYOUTS[kind](content, texts, "de", colours) for colours in (LIGHT, DARK))
    assert (light.width, light.height) == (dark.width, dark.height)
    assert [words.box for words in light.words] == [words.box for words in dark.words]
    assert {words.colour for words in light.words}.isdisjoint(words.colour for words in dark.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cluster_town_and_move_stands_on_the_map(content: Content, texts: Texts, language: str) -> None:
    told = [words.text for words in seats.layout(content, texts, language, LIGHT).words]
    for town in ("Lübeck", "Quakenbrück", "Bielefeld", "Rheinbach"):
        assert town in told
    for part in ("foodRegio", "NieKE", "LI Food", "FPI", "GIQS", "2019", "Vechta", "2016", "Bonn"):
        assert any(part in text for text in told)


def test_seats_lie_as_on_a_map(content: Content, texts: Texts) -> None:
    picture = seats.layout(content, texts, "de", LIGHT)
    first = {disc.colour: disc.centre for disc in reversed(discs(picture))}
    at = {name: first[colour] for name, colour in LIGHT.clusters.items()}
    north_to_south = sorted(at, key=lambda name: at[name].y)
    assert north_to_south == ["foodregio", "nieke", "fpi", "giqs"]
    assert sorted(at, key=lambda name: at[name].x) == ["giqs", "nieke", "fpi", "foodregio"]


def test_a_seat_follows_the_content(content: Content, texts: Texts) -> None:
    fact = content.fact("fpi.seat.town")
    moved = fact.model_copy(update={"data": {**fact.data, "city": "Detmold", "latitude": 51.9378, "longitude": 8.8830}})
    fpi = content.clusters["fpi"]
    other = fpi.model_copy(update={"facts": {**fpi.facts, "seat": [moved]}})
    changed = replace(content, clusters={**content.clusters, "fpi": other})
    told = [words.text for words in seats.layout(changed, texts, "de", LIGHT).words]
    assert "Detmold" in told
    assert "Bielefeld" not in told


def test_plates_of_near_places_move_apart_and_cover_no_mark() -> None:
    signs = [sign(100, 300), sign(110, 310), sign(135, 330), sign(150, 700)]
    plates = place(signs, "#ffffff", "#000000")
    assert not any(one.overlaps(other) for one, other in combinations(plates.boxes, 2))
    assert not any(box.overlaps(mark) for box in plates.boxes for one in signs for mark in one.marks)
    assert [box.top for box in plates.boxes] == sorted(box.top for box in plates.boxes)
    lonely = plates.boxes[-1]
    assert (lonely.top + lonely.bottom) / 2 == pytest.approx(700)


def test_a_leader_keeps_clear_of_the_earlier_office() -> None:
    here = sign(100, 300)
    before = Box(122, 292, 138, 308)
    leader = place([here._replace(marks=(*here.marks, before))], "#ffffff", "#000000").shapes[0]
    assert isinstance(leader, Line)
    assert abs(leader.end.y - 300) > 16


def test_each_row_shows_main_focus_second_place_or_nothing(content: Content, texts: Texts) -> None:
    picture = chain.layout(content, texts, "de", LIGHT)
    for cluster in content.clusters.values():
        ranks = [step.clusters.get(cluster.id) for step in content.steps.values()]
        marks = [disc for disc in discs(picture) if disc.colour == LIGHT.clusters[cluster.id]]
        assert [disc.hole is None for disc in marks] == [rank == "P" for rank in ranks if rank]
    dashes = [shape for shape in picture.shapes if isinstance(shape, Line)]
    empty = sum(4 - len(step.clusters) for step in content.steps.values())
    assert len(dashes) == empty + 1  # one in the key


def test_dated_marks_carry_a_star(content: Content, texts: Texts) -> None:
    stars = [words for words in chain.layout(content, texts, "de", LIGHT).words if words.text == "*"]
    assert len(stars) == sum(len(step.dated) for step in content.steps.values()) > 0


def test_rows_follow_one_another(content: Content, texts: Texts) -> None:
    picture = chain.layout(content, texts, "de", LIGHT)
    rules = [shape.box.top for shape in picture.shapes if isinstance(shape, Plate) and shape.colour == LIGHT.land]
    assert len(rules) == len(content.steps)
    assert all(later - earlier > 2 * chain.MARK for earlier, later in pairwise(rules))


def test_lines_break_at_spaces() -> None:
    face = Face(36)
    lines = wrap("Qualitätssicherung, Lebensmittelsicherheit & Rückverfolgbarkeit", face, 420)
    assert " ".join(lines) == "Qualitätssicherung, Lebensmittelsicherheit & Rückverfolgbarkeit"
    assert len(lines) == 3
    assert max(width(line, face) for line in lines) <= 420
    assert wrap("Rückverfolgbarkeit", face, 10) == ["Rückverfolgbarkeit"]


def discs(picture: Picture) -> list[Disc]:
    return [shape for shape in picture.shapes if isinstance(shape, Disc)]


def sign(x: float, y: float) -> Sign:
    mark = Box(x - 13, y - 13, x + 13, y + 13)
    return Sign(Point(x, y), (mark,), (("GIQS", Face(42), "#000000"), ("Rheinbach", Face(42), "#000000")), "#7a3b86")
