"""Finds clusters that are named by their town: "the Bielefeld lot", "das Netzwerk in Lübeck", "die Lübecker"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.answering.names import Mention
from bot.answering.schema import Named
from bot.answering.words import Word

JOINING = frozenset(("in", "im", "aus", "von", "bei", "at", "from", "of", "up"))
ARTICLES = frozenset(
    ("der", "die", "das", "den", "dem", "des", "denen", "the", "those", "them", "folks", "your", "euer")
)
INHABITANT = ("er", "ern")
FARTHEST = 2


class Towns:
    """Knows the words that stand with a town for the network there."""

    def __init__(
        self, named: Iterable[Named], nicknames: Collection[str], indefinite: Collection[str], small: Collection[str]
    ) -> None:
        """`small` are function words. After an `indefinite` word, "a network in Lübeck" is asked for, not named."""
        self._clusters: Mapping[str, Named] = {
            one.clusters[0]: one for one in named if one.kind == "cluster" and one.clusters
        }
        self._nicknames = nicknames
        self._indefinite = indefinite
        self._small = small

    def named_by_town(self, found: Sequence[Word], mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions; a place that stands for its cluster is a mention of the cluster."""
        taken = {place for mention in mentions for place in range(mention.first, mention.last)}
        return [self._as_cluster(found, mention, taken) for mention in mentions]

    def only_town(self, mentions: Sequence[Mention]) -> list[Mention] | None:
        """Return the mentions with the only town of an office taken for its cluster; None where more is named."""
        towns = {mention.named.clusters[0] for mention in mentions if mention.named.seat}
        if len(towns) != 1 or any(mention.named.kind != "place" for mention in mentions):
            return None
        return [mention._replace(named=self._clusters[mention.named.clusters[0]]) for mention in mentions]

    def _as_cluster(self, found: Sequence[Word], mention: Mention, taken: Collection[int]) -> Mention:
        named = mention.named
        if named.kind != "place" or len(named.clusters) != 1:
            return mention
        span = self._span(found, mention, taken)
        if span is None or not self._is_definite(found, span[0]):
            return mention
        return Mention(self._clusters[named.clusters[0]], *span, mention.denied)

    def _is_definite(self, found: Sequence[Word], first: int) -> bool:
        """Before the name stands nothing but a small word: "the tax office in Vechta" is another office."""
        before = found[first - 1].folded if first else ""
        return not before or (before in self._small and before not in self._indefinite)

    def _span(self, found: Sequence[Word], mention: Mention, taken: Collection[int]) -> tuple[int, int] | None:
        """Return where the town and the word for its network stand."""
        first, last = mention.first, mention.last
        if last < len(found) and last not in taken and found[last].folded in self._nicknames:
            return first, last + 1
        start = first
        while start and found[start - 1].folded in JOINING and first - start < FARTHEST:
            start -= 1
        joined = start < first
        if joined and start and found[start - 1].folded in self._nicknames and start - 1 not in taken:
            return start - 1, last
        if not mention.named.seat or not first:
            return None
        if joined and start and found[start - 1].folded in ARTICLES:
            return start - 1, last
        inhabitants = found[last - 1].folded.endswith(INHABITANT) and last - first == 1
        return (first, last) if inhabitants and found[first - 1].folded in ARTICLES else None
