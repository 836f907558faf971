from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.answering.content import FOLDER, Content
from bot.answering.vectors import kept_encoder
from bot.errors import StartError
from bot.names import CLUSTERS, STEPS
from bot.routing.rules import load_places, load_rules
from bot.routing.towns import load_towns


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    content = tmp_path / "templates" / "content"
    content.mkdir(parents=True)
    for name in ("places.yaml", "routing.yaml"):
        shutil.copy(FOLDER / name, content / name)
    return content


def test_every_step_has_cues_examples_and_a_primary_cluster(content: Content) -> None:
    assert set(load_rules().cues) == set(STEPS)
    for step in content.steps.values():
        assert "P" in step.clusters.values()
        assert all(len(step.examples[language]) >= 12 for language in ("de", "en"))


def test_the_home_regions_are_those_of_the_four(content: Content) -> None:
    homes = {region.id: region.home for region in content.regions.values() if region.home}
    assert set(homes.values()) == set(CLUSTERS)
    assert homes["DE-HB"] == homes["DE-MV"] == "foodregio"


def test_every_post_code_zone_is_of_a_land_that_is_known(content: Content) -> None:
    places = load_places()
    assert set(places.zones.values()) <= set(content.regions)
    assert set(places.divisions.values()) == {region for region in content.regions if "-" in region}


def test_a_fault_is_named_with_its_line(folder: Path) -> None:
    path = folder / "routing.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("home: 1", "home: much"), encoding="utf-8")
    with pytest.raises(StartError, match=r"templates/content/routing\.yaml:\d+: home: "):
        load_rules(folder)


def test_broken_yaml_is_one_line(folder: Path) -> None:
    (folder / "places.yaml").write_text("zones: {", encoding="utf-8")
    with pytest.raises(StartError, match=r"templates/content/places\.yaml:\d+: "):
        load_places(folder)


def test_a_missing_file_is_one_line(folder: Path) -> None:
    (folder / "places.yaml").unlink()
    with pytest.raises(StartError, match=r"templates/content/places\.yaml: "):
        load_places(folder)


def test_towns_are_read_with_their_land() -> None:
    towns = load_towns(load_places().divisions)
    assert towns["cloppenburg"][0].region == "DE-NI"
    assert towns["essen"][0].region == "DE-NW"
    assert {town.region for town in towns["essen"]} >= {"DE-NW", "DE-NI"}
    assert towns["winterswijk"][0].region == "NL"
    assert towns["st peter ording"][0].region == "DE-SH"
    assert len(towns) > 12_000


def test_towns_that_are_kept_are_the_same_as_those_read(tmp_path: Path) -> None:
    encoder, divisions = kept_encoder(tmp_path), load_places().divisions
    assert load_towns(divisions, encoder) == load_towns(divisions, encoder) == load_towns(divisions)
    assert len(list(tmp_path.glob("towns-*"))) == 1
    assert load_towns({**divisions, "06": "DE-XX"}, encoder)["cloppenburg"][0].region == "DE-XX"
