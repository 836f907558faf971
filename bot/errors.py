"""The errors that a person can do something about; every other exception is a fault of ours."""

from __future__ import annotations


class BotError(Exception):
    """An expected error: names the template that explains it to the reader.

    The one error handler renders `template` with `values` in the reader's language.
    """

    template = "errors/unexpected.html"

    def __init__(self, **values: object) -> None:
        super().__init__(type(self).__name__)
        self.values = values


class StartError(Exception):
    """Something in settings, content, templates or database stops the start; its text is one readable line."""
