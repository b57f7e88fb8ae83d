"""New claims to links between them: so far, within one report."""

from reportedly.link.alike import AlikeWords, open_alike
from reportedly.link.within import link_within

__all__ = ["AlikeWords", "link_within", "open_alike"]
