"""Bytes to text under right, wrong and missing declarations."""

import pytest

from reportedly.clean.decode import decode
from reportedly.errors import FormatError
from reportedly.records.document import RawDocument

TEXT = "Señora Núñez said “no” – twice.\n"


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (TEXT.encode(), None),
        (TEXT.encode("utf-8-sig"), None),
        (TEXT.encode("utf-16"), None),
        (TEXT.encode("utf-16-le"), "utf-8"),
        (TEXT.encode("utf-16-be"), None),
        (TEXT.encode("utf-32"), None),
        (TEXT.encode("cp1252"), "windows-1252"),
        (TEXT.encode("cp1252"), "utf-8"),
        (TEXT.encode(), "iso-8859-1"),
        (TEXT.encode(), "no such thing"),
        (TEXT.encode(), "zlib"),
    ],
)
def test_charsets(content: bytes, charset: str | None) -> None:
    assert decode(RawDocument("x", content, "text/plain", charset)) == TEXT


def test_a_page_declares_its_own() -> None:
    page = "<html><head><meta charset='koi8-r'></head><p>Порт обстрелян</p>"
    assert "Порт обстрелян" in decode(RawDocument("x", page.encode("koi8-r"), "text/html"))


def test_stray_control_characters_are_kept() -> None:
    text = "One\x00two\x07three \u202efour"
    assert decode(RawDocument("x", text.encode(), "text/plain")) == text


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"\x1f\x8b\x08rest", b"\x89PNG\r\n", b"\x7fELF\x02"])
def test_binary_data_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(FormatError, match="this is"):
        decode(RawDocument("x.txt", content, "text/plain"))
