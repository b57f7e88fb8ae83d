"""Contexts: which surrounding issues the words of a sentence show."""

import tomllib
from importlib.resources import files

from reportedly.extract.parse import Parse, Sentence
from reportedly.records.spans import Field

_SCORES = (0.6, 0.8)
"""For one word that shows a context, and for two or more different ones."""


def open_contexts() -> dict[str, tuple[str, ...]]:
    """Read the word list that ships with the package: each word or pair of words (joined by ``_``) to its contexts."""
    table = tomllib.loads(files("reportedly.extract").joinpath("data", "contexts.toml").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for name, words in table.items():
        for word in words.split():
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


def find_contexts(parse: Parse, sentence: Sentence, contexts: dict[str, tuple[str, ...]]) -> tuple[Field[str], ...]:
    """Find the contexts that the words of a sentence show.

    Args:
        parse: The document's syntax.
        sentence: The sentence of an event.
        contexts: From ``open_contexts``.

    Returns:
        One field a context, in the order in which they first show, with the first word that shows it; the score is
        higher where several words do. Empty where none shows.
    """
    shown: dict[str, dict[str, tuple[int, ...]]] = {}
    previous: tuple[str, ...] = ()
    for token in parse.tokens[sentence.first : sentence.last]:
        forms = (token.lower, _singular(token.lower)) if token.tag in ("NNS", "NNPS") else (token.lower,)
        for form in forms:
            for name in contexts.get(form, ()):
                shown.setdefault(name, {}).setdefault(form, (token.i,))
            for before in previous:
                for name in contexts.get(f"{before}_{form}", ()):
                    shown.setdefault(name, {}).setdefault(f"{before}_{form}", (token.i - 1, token.i))
        previous = forms
    return tuple(
        Field(name, parse.span(next(iter(words.values()))), "rule:context-word", _SCORES[len(words) > 1])
        for name, words in shown.items()
    )


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")
