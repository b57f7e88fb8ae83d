"""Small real files of every kind, made in memory."""

import io

import docx
import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


def make_pdf(
    *pages: list[str], title: str | None = None, password: str | None = None, owner: str | None = None
) -> bytes:
    """A PDF with the lines of each page; none for a page without text."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        drawn = "".join(f"({line}) Tj T* " for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 14 TL 60 780 Td {drawn}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
    if title is not None:
        writer.add_metadata({"/Title": title, "/CreationDate": "D:20251031101500Z"})
    if password is not None or owner is not None:
        writer.encrypt(password or "", owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_docx(*paragraphs: str, title: str = "", table: list[list[str]] | None = None) -> bytes:
    """A DOCX with paragraphs and, after them, a table."""
    document = docx.Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_record(
    uri: str,
    body: bytes,
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    headers: str = "",
) -> bytes:
    """One WARC response record."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{headers}\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"WARC-Date: 2025-10-31T10:00:00Z\r\nWARC-Target-URI: {uri}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Norland Post</title>
  <id>tag:post.example,2025:feed</id>
  <entry>
    <title>Ports &amp;amp; roads closed</title>
    <id>tag:post.example,2025:1</id>
    <link href="{base}/ports"/>
    <published>2025-10-31T10:00:00Z</published>
    <updated>2025-11-01T10:00:00Z</updated>
    <summary>Two ports were closed.</summary>
    <content type="html">&lt;p&gt;Two ports were closed on Friday, officials said.&lt;/p&gt;</content>
  </entry>
  <entry>
    <title>Envoy leaves</title>
    <id>tag:post.example,2025:2</id>
    <link href="{base}/envoy"/>
    <updated>2025-11-02T08:30:00Z</updated>
    <summary>The envoy left Norland &amp;amp; did not comment.</summary>
  </entry>
  <entry>
    <title>Only a link</title>
    <id>tag:post.example,2025:3</id>
    <link href="{base}/link"/>
    <updated>2025-11-03T08:30:00Z</updated>
  </entry>
</feed>
"""
