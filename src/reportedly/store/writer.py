"""One transaction: all parts of ``base.Writer`` in one."""

from reportedly.store.forgetting import ForgettingWriter


class SqlWriter(ForgettingWriter):
    """See ``base.Writer``; made by ``SqlStore.writing``."""
