"""A spreadsheet runs nothing of what it is given."""

from __future__ import annotations

import pytest

from bot.access.exporting import cell, table


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_a_formula_becomes_text(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_numbers_and_harmless_text_stay() -> None:
    assert [cell(-100), cell("a=b"), cell(None), cell("")] == [-100, "a=b", "", ""]


def test_the_file_is_read_with_umlauts_and_its_cells_stay_together() -> None:
    content = table(["Name"], [["Müller; Söhne"], ['"x"']])
    assert content == '\ufeffName\r\n"Müller; Söhne"\r\n"""x"""\r\n'.encode()
