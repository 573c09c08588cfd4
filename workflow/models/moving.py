"""A move of a table of states as a transition of django-fsm."""

from collections.abc import Callable, Collection
from typing import Any, Protocol

from django_fsm import transition


class Move(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def sources(self) -> Collection[Any]: ...
    @property
    def target(self) -> Any: ...


def transition_of(move: Move, conditions: list[Callable[[Any], bool]] | None = None) -> Any:
    """Decorates the method of a model with a field `state` that makes this move."""
    return transition(
        field="state",
        source=sorted(move.sources),
        target=str(move.target),
        conditions=conditions or [],
        custom={"label": move.label},
    )
