"""Contexts: which surrounding issues the words of a sentence show."""

from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.parse import Parse, Sentence
from reportedly.records.spans import Field


def find_contexts(parse: Parse, sentence: Sentence, lexicon: EventLexicon) -> tuple[Field[str], ...]:
    """Return the contexts of one sentence in the order in which they first show, each with the word that shows it."""
    del parse, sentence, lexicon
    return ()
