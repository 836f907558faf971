from __future__ import annotations

from bot.answering.calibrating import Asked, figures


def test_figures_tell_known_from_strange_questions() -> None:
    asked = [
        Asked(known=True, answered=True, right=True, score=1.3),
        Asked(known=True, answered=True, right=False, score=0.7),
        Asked(known=False, answered=True, right=False, score=0.8),
        Asked(known=False, answered=False, right=False, score=0.0),
    ]
    rows = {row.level: row for row in figures(asked)}
    assert (rows[0.6].answered, rows[0.6].right, rows[0.6].strange) == (1.0, 0.5, 0.5)
    assert (rows[1.0].answered, rows[1.0].right, rows[1.0].strange) == (0.5, 1.0, 0.0)
