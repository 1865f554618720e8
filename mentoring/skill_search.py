"""Finds skills as someone types: exact names and beginnings first, then what was nearly meant.

Build an index once, ask it often; it knows no database:

    index = build_index([Entry(1, "Pinterest", ("pins and boards",)), Entry(2, "Excel")])
    [hit.id for hit in search(index, "pintrest")]  # [1]
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

LONGEST_QUERY: Final = 80  # characters read; what follows says no more about a skill
MOST_WORDS: Final = 6

# Words that people type around what they look for; they count only when nothing else was typed.
_FILLERS = """
    a an and are at be do for good how i in is learn learning my of on or our skill skills so the to use using what with
"""
FILLERS: Final = frozenset(_FILLERS.split())

LEAST_WORD_LIKENESS: Final = 0.66  # how alike one word must be to be taken for a slip of the fingers
LEAST_LIKENESS: Final = 0.7  # how alike the whole must be to be shown
LEAST_TYPO: Final = 4  # letters; a shorter word must be right
LEAST_INSIDE: Final = 4  # letters; fewer are found inside too many words
PART_OF_QUERY: Final = 0.9  # a name that is whole, within a longer query
BEGUN: Final = 0.95  # a word that is still being typed
LEAST_BESIDE_DIRECT: Final = 0.85  # guesses beside true finds must be good ones
MOST_BEHIND_BEST: Final = 0.12  # a guess so much worse than the best one is noise
ALIAS_HANDICAP: Final = 12  # letters
LEAST_ALONE: Final = 3  # letters of a word that names a skill by itself within a sentence; "go" does not
LEAST_STEM: Final = 5  # letters that two forms of one word begin with
STEM: Final = 0.7  # of the shorter form

_SEPARATORS = re.compile(r"[^\w+#]+|_+")


class Match(IntEnum):
    """How a skill was found; the smaller, the better."""

    EXACT = 0  # the whole name or alias
    START = 1  # its beginning
    WORDS = 2  # every word typed begins one of its words
    INSIDE = 3  # somewhere within it
    NEARLY = 4  # with typing mistakes


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    id: int
    name: str
    found_by: str  # the name or the alias that matched, as written
    match: Match
    likeness: float  # 1.0 is certain


@dataclass(frozen=True, slots=True)
class _Text:
    entry: Entry
    written: str
    folded: str
    joined: str  # without spaces, so that "power point" finds "PowerPoint"
    words: tuple[str, ...]
    is_alias: bool


@dataclass(frozen=True, slots=True)
class SkillIndex:
    texts: tuple[_Text, ...]
    joined: tuple[str, ...]
    words: tuple[str, ...]  # every distinct word
    holders: tuple[tuple[int, ...], ...]  # for each word, the texts that have it


def normalise(text: str) -> str:
    """Lower case without accents and punctuation; `+` and `#` stay, for C++ and C#."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_SEPARATORS.sub(" ", plain).split())


def build_index(entries: Iterable[Entry]) -> SkillIndex:
    texts: list[_Text] = []
    holders: dict[str, list[int]] = {}
    for entry in entries:
        for number, written in enumerate((entry.name, *entry.aliases)):
            folded = normalise(written)
            if not folded:
                continue
            words = tuple(folded.split())
            for word in dict.fromkeys(words):
                holders.setdefault(word, []).append(len(texts))
            texts.append(_Text(entry, written, folded, folded.replace(" ", ""), words, is_alias=number > 0))
    return SkillIndex(
        texts=tuple(texts),
        joined=tuple(text.joined for text in texts),
        words=tuple(holders),
        holders=tuple(tuple(rows) for rows in holders.values()),
    )


def search(index: SkillIndex, query: str, *, limit: int = 10) -> list[Hit]:
    """The best skills for what was typed, each once, best first; empty when nothing is near enough."""
    typed = normalise(query[:LONGEST_QUERY])[:LONGEST_QUERY].strip()
    if not typed:
        return []
    words = _telling_words(typed)
    best: dict[int, tuple[_Rank, Hit]] = {}
    _keep_best(best, _direct(index, typed, words))
    if len(best) < limit and not any(hit.match is Match.EXACT for _, hit in best.values()):
        _keep_best(best, _nearly(index, typed, words, least=LEAST_BESIDE_DIRECT if best else LEAST_LIKENESS))
    return [hit for _, hit in sorted(best.values(), key=lambda ranked: ranked[0])[:limit]]


def spoken_of(index: SkillIndex, sentence: str) -> Hit | None:
    """The skill whose whole name or alias stands in a sentence, in whatever form and order; of several the longest."""
    said = _telling_words(normalise(sentence), most=None)
    found = [text for text in index.texts if _stands_in(_telling_words(text.folded), said)]
    if not found:
        return None
    best = min(found, key=lambda text: (-len(text.joined), text.is_alias, text.entry.name))
    return Hit(best.entry.id, best.entry.name, best.written, Match.INSIDE, 1.0)


def _stands_in(words: Sequence[str], said: Sequence[str]) -> bool:
    """One word counts only as it is, "customers" are no "customs"; of several, other forms of it do too."""
    if len(words) == 1:
        return len(words[0]) >= LEAST_ALONE and not {words[0], f"{words[0]}s"}.isdisjoint(said)
    return all(any(own == word or _same_stem(own, word) for own in said) for word in words)


def _same_stem(one: str, other: str) -> bool:
    return Prefix.similarity(one, other) >= max(LEAST_STEM, STEM * min(len(one), len(other)))


_Rank = tuple[int, float, int, str]
_Found = tuple[_Text, Match, float]


def _telling_words(typed: str, most: int | None = MOST_WORDS) -> tuple[str, ...]:
    every = typed.split()
    return tuple(dict.fromkeys(word for word in every if word not in FILLERS))[:most] or tuple(every[:most])


def _keep_best(best: dict[int, tuple[_Rank, Hit]], found: Iterable[_Found]) -> None:
    for text, match, likeness in found:
        # Of equals the one with least beside what was typed; a name before an alias, unless the alias is much shorter.
        rank = (match, -round(likeness, 2), len(text.folded) + ALIAS_HANDICAP * text.is_alias, text.entry.name)
        if text.entry.id not in best or rank < best[text.entry.id][0]:
            best[text.entry.id] = (rank, Hit(text.entry.id, text.entry.name, text.written, match, likeness))


def _direct(index: SkillIndex, typed: str, words: tuple[str, ...]) -> Iterator[_Found]:
    joined = typed.replace(" ", "")
    for row, own in enumerate(index.joined):
        if joined in own:
            if own.startswith(joined):
                yield index.texts[row], Match.EXACT if own == joined else Match.START, 1.0
            elif len(joined) >= LEAST_INSIDE:
                yield index.texts[row], Match.INSIDE, 1.0
    for row in set.intersection(*(_rows_with_word_begun(index, word) for word in words)):
        yield index.texts[row], Match.WORDS, 1.0


def _rows_with_word_begun(index: SkillIndex, word: str) -> set[int]:
    rows: set[int] = set()
    for number, own in enumerate(index.words):
        if own.startswith(word):
            rows.update(index.holders[number])
    return rows


def _nearly(index: SkillIndex, typed: str, words: tuple[str, ...], *, least: float) -> Iterator[_Found]:
    likely = dict(_word_likeness(index, words))
    for row, likeness in _whole_likeness(index, typed.replace(" ", "")):
        likely[row] = max(likeness, likely.get(row, 0.0))
    least = max(least, max(likely.values(), default=0.0) - MOST_BEHIND_BEST)
    for row, likeness in likely.items():
        if likeness >= least:
            yield index.texts[row], Match.NEARLY, likeness


def _whole_likeness(index: SkillIndex, joined: str) -> Iterator[tuple[int, float]]:
    """Name against query, spaces aside: "hoot siute", "stakeholdermanagment"."""
    scores = process.extract(
        joined, index.joined, scorer=OSA.normalized_similarity, score_cutoff=LEAST_LIKENESS, limit=None
    )
    for _, likeness, row in scores:
        yield row, likeness


def _word_likeness(index: SkillIndex, words: tuple[str, ...]) -> Iterator[tuple[int, float]]:
    """Word by word, longer words weighing more; either all of the query or all of the name must be there."""
    weight = sum(map(len, words))
    per_text: dict[int, dict[str, float]] = {}
    for word in words:
        for number, likeness in _similar_words(index.words, word):
            for row in index.holders[number]:
                scores = per_text.setdefault(row, {})
                scores[word] = max(likeness, scores.get(word, 0.0))
    for row, scores in per_text.items():
        met = sum(len(word) * likeness for word, likeness in scores.items())
        of_query = met / weight
        of_text = PART_OF_QUERY * min(1.0, met / len(index.texts[row].joined))
        yield row, max(of_query, of_text)


def _similar_words(vocabulary: Sequence[str], word: str) -> Iterator[tuple[int, float]]:
    """Whole words that are nearly the one typed, and words that nearly begin with it."""
    if len(word) < LEAST_TYPO:
        yield from ((number, 1.0) for number, own in enumerate(vocabulary) if own == word)
        return
    scorer = OSA.normalized_similarity
    for _, likeness, number in process.extract(
        word, vocabulary, scorer=scorer, score_cutoff=LEAST_WORD_LIKENESS, limit=None
    ):
        yield number, likeness
    begun = [own[: len(word)] for own in vocabulary]
    for _, likeness, number in process.extract(
        word, begun, scorer=scorer, score_cutoff=LEAST_WORD_LIKENESS, limit=None
    ):
        yield number, likeness * BEGUN
