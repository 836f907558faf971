"""The only way a text is made: Jinja2 templates, gettext catalogues, and Babel for dates, numbers and lists."""

from __future__ import annotations

import html
import io
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal
from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from bot.errors import StartError

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
SOURCE_LANGUAGE = "en"
FORMS = {"en": "en_GB"}
"""In which form a language writes dates and numbers: 11/12/26 would be another day to half of the readers."""

DATES = {"date": "long", "day": "full", "weekday": "ccc", "weekday_name": "EEEE"}
"""The filters of a day, and how Babel calls what they write."""


def base_language(code: str | None) -> str:
    """Return the language without its region: `de-AT` and `de_CH` are `de`."""
    return (code or "").replace("_", "-").split("-")[0].casefold()


class Texts:
    """Renders every text that a person reads."""

    def __init__(self, folder: Path, catalogues: dict[str, NullTranslations], zone: ZoneInfo) -> None:
        self.folder = folder
        self.zone = zone
        self.languages = tuple(catalogues)
        self._environments = {
            language: _environment(folder / "messages", language, catalogue, zone)
            for language, catalogue in catalogues.items()
        }

    @classmethod
    def load(cls, folder: Path = TEMPLATES, zone: str = "Europe/Berlin") -> Texts:
        """Read all catalogues under `folder`; raises StartError on a broken one."""
        catalogues: dict[str, NullTranslations] = {SOURCE_LANGUAGE: NullTranslations()}
        for path in sorted(folder.glob("locale/*/LC_MESSAGES/messages.po")):
            catalogues[path.parent.parent.name] = _read_catalogue(path)
        return cls(folder, catalogues, ZoneInfo(zone))

    def language(self, *wishes: str | None) -> str:
        """Return the first wished language that the bot speaks, else English."""
        bases = (base_language(wish) for wish in wishes)
        return next((base for base in bases if base in self.languages), SOURCE_LANGUAGE)

    def render(self, name: str, language: str, /, **values: object) -> str:
        """Render the template `messages/<name>` as Telegram HTML; raises jinja2.TemplateError on a fault in it."""
        return self._template(name, language).render(values).strip()

    def render_source(self, source: str, language: str, **values: object) -> str:
        """Render authored content (a template as a string) as Telegram HTML."""
        return self._environments[self.language(language)].from_string(source).render(values).strip()

    def label(self, name: str, language: str, /, *, source: str = "labels.html", **values: object) -> str:
        """Return a short plain text (a button, a command's description): the block `name` of `source`."""
        template = self._template(source, language)
        block = template.blocks[name]
        text = "".join(block(template.new_context(values))).strip()
        return html.unescape(text)

    def labels(self, source: str = "labels.html") -> list[str]:
        """Return the names of all labels of a file."""
        return list(self._template(source, SOURCE_LANGUAGE).blocks)

    def names(self) -> list[str]:
        """Return the names of all message templates."""
        return self._environments[SOURCE_LANGUAGE].list_templates(extensions=["html"])

    def check(self) -> int:
        """Compile every template; return how many there are; raises StartError for the first broken one."""
        for name in self.names():
            try:
                self._template(name, SOURCE_LANGUAGE)
            except TemplateError as error:
                line = getattr(error, "lineno", None) or 0
                raise StartError(f"templates/messages/{name}:{line}: {error}") from None
        return len(self.names())

    def _template(self, name: str, language: str) -> Template:
        return self._environments[self.language(language)].get_template(name)


def _read_catalogue(path: Path) -> GNUTranslations:
    """Compile a .po file in memory, so that no build step can be forgotten."""
    compiled = io.BytesIO()
    try:
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=path.parent.parent.name, abort_invalid=True))
    except (PoFileError, ValueError, OSError) as error:
        raise StartError(f"{path}: {error}") from None
    compiled.seek(0)
    return GNUTranslations(compiled)


def _environment(folder: Path, language: str, catalogue: NullTranslations, zone: ZoneInfo) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        cache_size=-1,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["language"] = language
    environment.filters.update(_filters(language, zone))
    return environment


def _filters(language: str, zone: ZoneInfo) -> dict[str, object]:
    form = FORMS.get(language, language)

    def datetime_(value: datetime, length: str = "medium") -> str:
        return format_datetime(value.astimezone(zone), length, locale=form)

    def list_(values: Iterable[str]) -> Markup:
        return Markup(format_list([str(escape(value)) for value in values], locale=form))  # noqa: S704

    def in_language(value: dict[str, str]) -> str:
        return value.get(language) or value[SOURCE_LANGUAGE]

    return {
        **{name: partial(format_date, format=pattern, locale=form) for name, pattern in DATES.items()},
        "datetime": datetime_,
        "number": partial(format_decimal, locale=form),
        "list": list_,
        "local": in_language,
    }
