"""Quotations: runs of text between quotation marks, and who is left holding an unclosed one."""

from reportedly.records.spans import Span

_PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"'}
MIN_WORDS = 4
"""Shorter runs are scare quotes or names, not speech."""


def find_quotations(text: str) -> tuple[Span, ...]:
    """Return the spans between quotation marks, marks left out, in text order.

    A quotation that is opened again in the next paragraph without having been closed (the press's convention for long
    quotations) ends with its paragraph. One that is never closed ends with its paragraph too.
    """
    found: list[Span] = []
    i = 0
    while i < len(text):
        closing = _PAIRS.get(text[i])
        if closing is None:
            i += 1
            continue
        end = i + 1
        while end < len(text) and text[end] not in closing and text[end] != "\n":
            end += 1
        if end > i + 1 and len(text[i + 1 : end].split()) >= MIN_WORDS:
            found.append(Span(i + 1, end))
        i = end + 1
    return tuple(found)
