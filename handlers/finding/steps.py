"""The questions for a step of the value chain and for a region, and their buttons."""

from __future__ import annotations

from handlers.context import Context
from handlers.sending import Button

ANYWHERE = "-"
REGION = r"(?:-|[A-Z]{2}(?:-[A-Z]{2})?)"
"""A region in a button: an ISO 3166 code, or - where it is not known or does not matter."""
LABELS = "finding/labels.html"
Keys = list[list[Button]]


def region_of(code: str) -> str | None:
    """Return the region of a button."""
    return None if code == ANYWHERE else code


def steps_question(context: Context, language: str) -> tuple[str, Keys]:
    """Return the question for the step."""
    picture = [(context.services.texts.label("as_picture", language, source=LABELS), "picture:steps:light")]
    steps = context.services.router.content.steps.values()
    buttons = [[(step.name[language], f"find:{step.id}")] for step in steps]
    text = context.services.texts.render("finding/steps.html", language)
    return text, [*buttons, picture, cancel(context, language)]


def region_question(context: Context, step: str, language: str) -> tuple[str, Keys]:
    """Return the question where the firm is, below what a step means."""
    back = (context.services.texts.label("back", language), "find")
    buttons = regions(context, f"find:{step}", language)
    return asked_region(context, step, language), [*buttons, [back, *cancel(context, language)]]


def asked_region(context: Context, step: str, language: str) -> str:
    """Return the text of the question for the region."""
    services = context.services
    return services.texts.render("finding/region.html", language, step=services.router.content.steps[step])


def regions(context: Context, prefix: str, language: str) -> Keys:
    """Return a button for each region, two a row, below the one for who does not mind."""
    content, anywhere = context.services.router.content, context.services.texts.label("anywhere", language)
    buttons = [(region.name[language], f"{prefix}:{region.id}") for region in content.regions.values()]
    rows = [buttons[first : first + 2] for first in range(0, len(buttons), 2)]
    return [[(anywhere, f"{prefix}:{ANYWHERE}")], *rows]


def cancel(context: Context, language: str) -> list[Button]:
    """Return the button that stops asking."""
    return [(context.services.texts.label("cancel", language), "find!")]
