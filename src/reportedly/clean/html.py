"""Body text of a news page: trafilatura (Barbaresi 2021) on a page freed of furniture, and what else to try."""

import html as entities
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec
import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from reportedly.clean.jsonld import find_article, get_types
from reportedly.clean.lines import is_prose, is_sentence

MIN_BODY_CHARS = 200
"""Less than this is a caption or a cookie notice, not a report: the next step of the cascade is tried."""

MIN_SUMMARY_CHARS = 250
"""A live page's own text is shorter than a report, but says more than "follow the latest here"."""

MAX_FURNITURE_CHARS = 1500
MAX_FURNITURE_SHARE = 0.2
"""A block that holds more of the page's text than this is the report itself, whatever its class says."""

MAX_TAIL_SHARE = 0.3
"""Cutting more than this off the end is no trimming: the page's sentences just do not end in stops."""

LONGER = 1.5
"""The publisher's own copy of the text is taken where it is this much longer and holds what was found."""

MIN_SENTENCE_SHARE = 0.3
"""Share of the text in lines that end like sentences: fact boxes and bullets may make up the rest."""

_BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "h6", "figcaption")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SENTENCE_END = re.compile(r"[.!?…:;。！？।؟۔]['\"”’»)\]\s■]*$|■$")
_TAGS = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^>]*>|\r\n?|\n", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^>]{0,500}>")


class Furniture(msgspec.Struct, frozen=True):
    """Words of class names and ids of what is no part of a report."""

    words: frozenset[str]


class Body(msgspec.Struct, frozen=True):
    """The text of a page's report, and the step of the cascade that found it."""

    text: str
    step: str


def open_furniture() -> Furniture:
    """Read the word list that ships with the package."""
    table = tomllib.loads(files("reportedly.clean").joinpath("data", "furniture.toml").read_text(encoding="utf-8"))
    return Furniture(frozenset(table["caption"]) | frozenset(table["furniture"]))


def parse_page(markup: str) -> HtmlElement | None:
    """Parse a page however broken; None where there is no element in it."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree: HtmlElement = document_fromstring(markup.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree


def find_body(
    tree: HtmlElement, records: Sequence[Mapping[str, Any]], title: str | None, furniture: Furniture
) -> Body | None:
    """Find the text of the page's report, one paragraph a line; None where no step finds one.

    The cascade, in order; the first step that holds wins:

    1. a live page's own text as its publisher marks it (``LiveBlogPosting``): its updates are texts of their own,
       each with its own time, and reading them under the page's would date them wrongly;
    2. the publisher's own copy (``articleBody``), where step 3 finds nothing, only a part of it, or runs it together;
    3. trafilatura on the page without captions, share bars, newsletters and blocks that are nothing but a link;
    4. trafilatura on the whole page, told to favour recall, where that finds much more;
    5. trafilatura's baseline (all paragraphs), likewise.

    Steps 3 to 5 must read like sentences: a page of links holds no report. A text shorter than ``MIN_BODY_CHARS`` is
    taken only where no later step finds much more, and where a whole sentence is in it.

    ``tree`` is changed: what step 2 drops stays dropped.
    """
    article = find_article(records) or {}
    told = _plain(get_body(article))
    if "liveblogposting" in get_types(article) and len(told) >= MIN_SUMMARY_CHARS:
        return Body(_trim(told, title), "live")
    whole = etree.tostring(tree, encoding="unicode", method="html")
    prune(tree, furniture)
    text = _trim(_extract(tree), title)
    if len(told) >= MIN_BODY_CHARS and _outdoes(told, text):
        return Body(_trim(told, title), "told")
    best = Body(text, "pruned")
    if not _holds_report(best.text):
        recalled = Body(_trim(_extract(whole, favor_recall=True), title), "recall")
        best = max(best, recalled, key=_weigh)
    if not _holds_report(best.text):
        base = Body(_trim(trafilatura.baseline(whole)[1], title), "baseline")
        best = max(best, base, key=_weigh)
    return best if _weigh(best) else None


def _outdoes(told: str, text: str) -> bool:
    """Say whether the publisher's copy is to be taken for what was extracted."""
    if len(text) < MIN_BODY_CHARS or _key(told) == _key(text):
        return True
    return len(told) > LONGER * len(text) and _holds(told, text)


def _holds_report(text: str) -> bool:
    return len(text) >= MIN_BODY_CHARS and _reads(text)


def _weigh(body: Body) -> float:
    """Weigh a short text: its length, where it reads like sentences; what is not pruned must be much longer to win."""
    lines = body.text.split("\n")
    if not _reads(body.text) or not any(map(is_prose, lines)):
        return 0.0
    return len(body.text) * (LONGER if body.step == "pruned" else 1.0)


def _reads(text: str) -> bool:
    """Say whether a text is made of sentences: lists of links and menus are not."""
    lines = text.split("\n")
    return sum(len(line) for line in lines if is_sentence(line)) >= MIN_SENTENCE_SHARE * sum(map(len, lines))


def get_body(article: Mapping[str, Any]) -> str:
    """Return ``articleBody`` as it stands; empty where there is none."""
    body = article.get("articleBody")
    return body if isinstance(body, str) else ""


def prune(tree: HtmlElement, furniture: Furniture) -> None:
    """Drop captions, furniture, and blocks that are nothing but a link and do not end like a sentence."""
    total = sum(len(_text(block)) for block in tree.iter("p")) or 1
    limit = min(MAX_FURNITURE_CHARS, MAX_FURNITURE_SHARE * total)
    for element in list(tree.iter("figcaption")):
        _drop(element)
    for element in list(tree.iter(etree.Element)):
        if element.tag in ("html", "body", "article", "main") or not _names(element) & furniture.words:
            continue
        if len(_text(element)) <= limit:
            _drop(element)
    for block in list(tree.iter(*_BLOCKS)):
        text = _text(block)
        links = list(block.iter("a"))
        if text and len(links) == 1 and len(_text(links[0])) >= 0.9 * len(text) and not _SENTENCE_END.search(text):
            _drop(block)


def _names(element: HtmlElement) -> set[str]:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not names.strip():
        return set()
    found: set[str] = set()
    for name in names.split():
        found.add(re.sub(r"[^a-z]", "", name.lower()))
        found.update(word.lower() for word in _WORDS.findall(name))
    return found


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _extract(page: HtmlElement | str, favor_recall: bool = False) -> str:
    try:
        text = trafilatura.extract(
            page, include_comments=False, include_tables=True, favor_recall=favor_recall, output_format="txt"
        )
    except (RecursionError, etree.LxmlError, ValueError, AttributeError, TypeError, KeyError, IndexError):
        # Broken markup trips the library in ways of its own; the next step of the cascade is the answer.
        return ""
    return text or ""


def _plain(body: str) -> str:
    text = _ANY_TAG.sub(" ", _TAGS.sub("\n", entities.unescape(body)))
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)


def _holds(told: str, text: str) -> bool:
    known = set(re.findall(r"\w+", told.lower()))
    words = re.findall(r"\w+", text.lower())
    return sum(word in known for word in words) >= 0.9 * len(words)


def _trim(text: str, title: str | None) -> str:
    """Drop the title where it opens the text, and lines at the end that are no sentences: teasers and edition lines."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    heading = _key(title or "")
    while lines and heading and _key(lines[0]) == heading:
        lines.pop(0)
    kept = list(lines)
    while kept and len(kept[-1]) <= 160 and not kept[-1].startswith("- ") and not _SENTENCE_END.search(kept[-1]):
        kept.pop()
    if sum(map(len, kept)) >= (1 - MAX_TAIL_SHARE) * sum(map(len, lines)):
        lines = kept
    return "\n".join(lines)


def _key(line: str) -> str:
    return "".join(char for char in line.lower() if char.isalnum())
