"""New claims, and candidates from the store, to the links between them, and to the events and stories these make."""

from reportedly.link.alike import AlikeWords, open_alike
from reportedly.link.within import link_within

__all__ = ["AlikeWords", "link_within", "open_alike"]
