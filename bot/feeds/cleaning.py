"""HTML of others as Telegram's: what it does not know goes, the text stays."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

TAGS = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "u": "u",
    "s": "s",
    "del": "s",
    "code": "code",
    "blockquote": "blockquote",
}
"""Bot API, HTML style."""
BREAKS = frozenset({"p", "div", "br", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section"})
SILENT = frozenset({"script", "style", "iframe", "object", "svg", "head", "title", "template", "noscript"})
LINK = re.compile(r"^https?://[^\s\"'<>]{1,500}$", re.IGNORECASE)
MORE = "…"


class _Cleaner(HTMLParser):
    """Collects what is kept, with every tag closed, and at most `most` characters of text."""

    def __init__(self, most: int) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.silent = ""
        self.left = most

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent or self.left <= 0:
            return
        if tag in SILENT:
            self.silent = tag
        elif tag in BREAKS:
            self._break()
        elif tag == "li":
            self._break()
            self.parts.append("• ")
        elif tag in TAGS or tag == "a":
            self._begin(tag, dict(attrs).get("href") or "")

    def _begin(self, tag: str, href: str) -> None:
        if tag == "a" and not LINK.match(href):
            return
        kept = TAGS.get(tag, tag)
        if kept in (name for _, name in self.open):
            return
        self.open.append((tag, kept))
        self.parts.append(f'<a href="{html.escape(href)}">' if tag == "a" else f"<{kept}>")

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            self.silent = "" if tag == self.silent else self.silent
        elif tag in BREAKS:
            self._break()
        elif tag in (name for name, _ in self.open):
            while self.open:
                name, kept = self.open.pop()
                self.parts.append(f"</{kept}>")
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        if self.silent or self.left <= 0:
            return
        text = re.sub(r"\s+", " ", "".join(sign for sign in data if sign.isprintable() or sign.isspace()))
        if len(text) > self.left:
            text = text[: self.left] + MORE
        self.left -= len(text)
        self.parts.append(html.escape(text, quote=False))

    def _break(self) -> None:
        self.parts.append("\n")

    def written(self) -> str:
        closing = [f"</{kept}>" for _, kept in reversed(self.open)]
        joined = re.sub(r" *\n *", "\n", "".join([*self.parts, *closing]))
        return re.sub(r"\n{3,}", "\n\n", joined).strip()


def clean(written: str, most: int) -> str:
    """Return HTML in Telegram's tags with at most `most` characters of text."""
    cleaner = _Cleaner(most)
    cleaner.feed(written[: most * 20])
    cleaner.close()
    return cleaner.written()


def plain_line(written: str, most: int) -> str:
    """Return HTML as one line of plain text."""
    kept = re.sub(r"<[^>]*>", "", clean(written, most))
    return " ".join(html.unescape(kept).split())[:most]
