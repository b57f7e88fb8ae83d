"""What the heads of the encoder tell apart. The order is that of the model's outputs: never change it, only add."""

from reportedly.records.claim import PlaceRole, Status
from reportedly.records.ontology import EventType

TYPES = tuple(kind.value for kind in EventType)
STATUSES = tuple(status.value for status in Status)
PLACE_ROLES = tuple(role.value for role in PlaceRole)
FIGURE_KEYS = ("killed", "injured", "casualties", "missing", "detained", "displaced", "operations", "troops", "other")
ANCHORS = ("cue", "trigger")
ROLES = ("none", "source", "content", "actor", "recipient", "place", "time", "figure", "hedge", "condition")
"""What a piece is to an anchor: source and content to a cue, the rest to a trigger."""


def begin(index: int) -> int:
    """Return the class of the first piece of a span with label ``index``; 0 stands for no span."""
    return 1 + 2 * index


def inside(index: int) -> int:
    """Return the class of a later piece of such a span."""
    return 2 + 2 * index
