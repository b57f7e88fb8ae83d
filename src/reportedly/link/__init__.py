"""New claims to links between them: so far, within one report."""

from reportedly.link.within import link_within

__all__ = ["link_within"]
