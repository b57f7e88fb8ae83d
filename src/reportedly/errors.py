"""What can go wrong, as a tree.

::

    ReportedlyError
    ├── ConfigError            settings or a file they name cannot be used: the run does not start
    ├── ResourceError          a model or index is missing or damaged: the run does not start
    ├── StoreError             the database cannot be opened, used: locked, read-only, damaged, newer, full
    │   ├── NotFoundError      nothing has the id that was asked for, or several things do
    │   └── QueryError         a search that cannot be understood
    ├── DecisionError          a decision that cannot be taken: unknown field, value that is not allowed, no reason
    └── DocumentError          one document cannot be read: it becomes a ``Failure``, the run goes on
        ├── FetchError         the address could not be fetched (status, time, size, robots, private address)
        ├── FormatError        the bytes are not what they claim to be (truncated, binary, broken)
        ├── EmptyDocumentError nothing to read in it
        ├── LanguageError      a language that cannot be read yet
        └── RecordError        a record of a container is malformed

Each class has a stable ``code``. A message says what failed, on which record, what was expected and what to do.
"""

from typing import ClassVar


class ReportedlyError(Exception):
    """Root of every error raised on purpose."""

    code: ClassVar[str] = "error"


class ConfigError(ReportedlyError):
    """Settings, or a file they name, cannot be used."""

    code = "config"


class ResourceError(ReportedlyError):
    """A model or an index is missing or damaged."""

    code = "resource"


class StoreError(ReportedlyError):
    """The database cannot be opened, read or written."""

    code = "store"


class NotFoundError(StoreError):
    """Nothing has the id that was asked for, or several things do."""

    code = "not-found"


class QueryError(StoreError):
    """A search that cannot be understood."""

    code = "query"


class DecisionError(ReportedlyError):
    """A decision that cannot be taken as it was put; the message says what is allowed."""

    code = "decision"


class DocumentError(ReportedlyError):
    """One document cannot be read.

    Attributes:
        address: The document.
    """

    code = "document"

    def __init__(self, address: str, message: str) -> None:
        super().__init__(f"{address}: {message}")
        self.address = address
        self.message = message

    def __reduce__(self) -> tuple[type["DocumentError"], tuple[str, str]]:
        """Let the error cross a process boundary whole."""
        return (type(self), (self.address, self.message))


class FetchError(DocumentError):
    """The address could not be fetched."""

    code = "fetch"


class FormatError(DocumentError):
    """The bytes are not what they claim to be."""

    code = "format"


class EmptyDocumentError(DocumentError):
    """There is nothing to read in it."""

    code = "empty-document"


class LanguageError(DocumentError):
    """It is written in a language that cannot be read yet."""

    code = "language"


class RecordError(DocumentError):
    """A record of a container (JSON Lines, feed, archive) is malformed."""

    code = "record"
