"""Finding whole names in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.language.identifiers import IdentifierReader
from enms_core.language.mentions import Mention, MentionKind
from enms_core.language.name_forms import NamePart
from enms_core.language.whole_names import WholeNames

LONGEST_NAME = 16  # words; a serial number is said digit by digit


class FullNameReader:
    """Finds names as they are written, or by all their words and identifiers."""

    def __init__(self, whole: WholeNames, identifiers: IdentifierReader) -> None:
        self._whole = whole
        self._identifiers = identifiers

    def at(
        self,
        tokens: Sequence[str],
        parts: Sequence[NamePart | None],
        first: int,
        may_begin: bool,
    ) -> Mention | None:
        """The longest name that begins at a word. parts: words of names in the sentence. may_begin:
        whether they may be a name in another order too."""
        written = self._as_written(tokens, first)
        by_words = self._by_words(tokens, parts, first) if may_begin else None
        if written is None or (by_words is not None and by_words.last > written.last):
            return by_words
        return written

    def _as_written(self, tokens: Sequence[str], first: int) -> Mention | None:
        named = self._whole.as_written(tokens, first, self._identifiers.fillers)
        if named is None:
            return None
        (ids, source, site), last = named
        if site is not None:
            return Mention(first, last, "site", ids, site)
        kind: MentionKind = "machine" if source or len(ids) == 1 else "choice"
        return Mention(first, last, kind, ids, source=source)

    def _by_words(
        self, tokens: Sequence[str], parts: Sequence[NamePart | None], first: int
    ) -> Mention | None:
        """All words of a name and its identifiers, in any order and any form."""
        if parts[first] is None:
            return None
        elements: list[str] = []
        found: Mention | None = None
        position = first
        while position < len(tokens) and len(elements) < LONGEST_NAME:
            named, last = self._element(tokens, parts, position, elements)
            if last == position:
                break
            elements += named
            position = last
            ids = self._whole.of_elements(elements)
            if ids:
                kind: MentionKind = "machine" if len(ids) == 1 else "choice"
                found = Mention(first, position, kind, ids)
        return found

    def _element(
        self,
        tokens: Sequence[str],
        parts: Sequence[NamePart | None],
        position: int,
        before: Sequence[str],
    ) -> tuple[Sequence[str], int]:
        """The next word or identifier of a name, and where it ends."""
        part = parts[position]
        if part is not None and part.is_clear:
            return part.words, part.last
        if not before:
            return (), position
        identifier, last = self._identifiers.at(tokens, position)
        if identifier is None:
            identifier, last = self._identifiers.heard_at(tokens, position)
            if identifier is None or not self._whole.of_elements([*before, identifier]):
                return (), position
        return (identifier,), last
