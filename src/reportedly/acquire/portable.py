"""PDF and DOCX to plain text."""

import io
import re
import zipfile

import docx
import pypdf
from docx.table import Table
from docx.text.paragraph import Paragraph

from reportedly.errors import DocumentError, EmptyDocumentError, FormatError
from reportedly.records.document import Hints, RawDocument

# Titles that a program wrote, not a person.
_NO_TITLE = re.compile(
    r"^\s*(untitled.*|microsoft word.*|powerpoint.*|document\d*|word document|[\w-]+\.\w{2,5})?\s*$", re.I
)
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.I)
_SENTENCE_END = (".", "!", "?", ":", ".”", '."', ".’", ")", "”")
# Parts of a DOCX may unpack to this many times the largest document read; a report needs a fraction of one.
_MAX_UNPACKED = 4


def read_pdf(address: str, content: bytes, max_bytes: int) -> RawDocument | DocumentError:
    """Turn a PDF into plain text, lines joined to paragraphs.

    The title is taken from the metadata unless a program wrote it there. The creation stamp is that of the file, not
    of the report, so no publication time is read.

    Returns:
        The text; or ``FormatError`` for a damaged or encrypted file or one whose text passes ``max_bytes``, and
        ``EmptyDocumentError`` for pages without text (scans).
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return _encrypted(address)
        pages: list[list[str]] = []
        size = 0
        for page in reader.pages:
            text = page.extract_text()
            size += len(text)
            if size > max_bytes:
                return FormatError(address, f"the text of this PDF passes {max_bytes:,} characters; raise max_bytes")
            pages.append(text.splitlines())
        title = reader.metadata.title if reader.metadata else None
    except pypdf.errors.DependencyError:
        return _encrypted(address)
    # The library raises what its parser stumbles over (KeyError, RecursionError …), not only its own errors.
    except Exception as error:
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return FormatError(address, f"this PDF is damaged ({reason}); fetch it again or save its text as .txt")
    text = join_lines(pages)
    if not text.strip():
        return EmptyDocumentError(
            address,
            f"this PDF has {len(pages)} page{'' if len(pages) == 1 else 's'} and no text, so it may be a scan; "
            "run text recognition on it first",
        )
    return _make_document(address, text, title)


def read_docx(address: str, content: bytes, max_bytes: int) -> RawDocument | DocumentError:
    """Turn a DOCX into plain text: paragraphs and table rows in the order of the document, a blank line between.

    Returns:
        The text; or ``FormatError`` for a damaged or oversized file and ``EmptyDocumentError`` for one without text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > max_bytes * _MAX_UNPACKED:
            return FormatError(
                address, f"this DOCX unpacks to {unpacked:,} bytes; at most {_MAX_UNPACKED} times max_bytes are read"
            )
        document = docx.Document(io.BytesIO(content))
        blocks = [_read_block(block) for block in document.iter_inner_content()]
        title = document.core_properties.title
    # zipfile, lxml and the library each raise their own; none of them shares a root.
    except Exception as error:
        return FormatError(
            address, f"this DOCX is damaged or none ({type(error).__name__}: {error}); save it again or as .txt"
        )
    text = "\n\n".join(block for block in blocks if block.strip())
    if not text:
        return EmptyDocumentError(address, "this DOCX has no text in its body")
    return _make_document(address, text, title)


def join_lines(pages: list[list[str]]) -> str:
    """Join the lines of a page layout to paragraphs, separated by blank lines.

    A paragraph ends at a blank line, after a line that stops short of the usual width and ends a sentence, and after a
    very short one that the next does not go on in a small letter (a heading). Bare page numbers at the top and foot of
    a page are dropped, words parted by a hyphen before a small letter are joined. A heuristic of ours: a layout holds
    no paragraphs.
    """
    lines = [line.strip() for page in pages for line in _drop_page_numbers(page)]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    width = lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[0]
    paragraphs: list[str] = []
    current = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if current.endswith("-") and current[-2:-1].isalpha() and line[:1].islower():
            current = current[:-1] + line
        else:
            current = f"{current} {line}".strip()
        heading = len(line) < 0.5 * width and not following[:1].islower()
        last = len(line) < 0.85 * width and line.endswith(_SENTENCE_END)
        if current and (heading or last or not following):
            paragraphs.append(current)
            current = ""
    return "\n\n".join(paragraphs)


def _drop_page_numbers(page: list[str]) -> list[str]:
    lines = list(page)
    while lines and (not lines[0].strip() or _PAGE_NUMBER.fullmatch(lines[0])):
        lines.pop(0)
    while lines and (not lines[-1].strip() or _PAGE_NUMBER.fullmatch(lines[-1])):
        lines.pop()
    return lines


def _read_block(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return block.text
    # A merged cell stands once for each column that it spans.
    rows = (dict.fromkeys(cell.text.strip() for cell in row.cells) for row in block.rows)
    return "\n".join(" | ".join(cell for cell in row if cell) for row in rows)


def _encrypted(address: str) -> FormatError:
    return FormatError(address, "this PDF is encrypted and wants a password; save it without one and read that")


def _make_document(address: str, text: str, title: str | None) -> RawDocument:
    return RawDocument(
        address=address,
        content=text.encode("utf-8", "replace"),
        media_type="text/plain",
        charset="utf-8",
        hints=Hints(title=None if title is None or _NO_TITLE.match(title) else " ".join(title.split())),
    )
