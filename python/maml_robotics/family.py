"""What there is to know of a family of tasks."""

from __future__ import annotations

import dataclasses

import numpy as np

from . import _native
from ._errors import Error


@dataclasses.dataclass(frozen=True)
class Coordinate:
    """A named number with its unit and its range."""

    name: str
    unit: str
    low: float = -np.inf
    high: float = np.inf


@dataclasses.dataclass(frozen=True)
class Family:
    """Names, sizes and limits of a family of tasks."""

    name: str
    summary: str
    source: str
    #: Steps until an episode is truncated.
    horizon: int
    #: What a policy's action of 1 is, in the units of the action.
    action_unit: float
    state: tuple[Coordinate, ...]
    observation: tuple[Coordinate, ...]
    action: tuple[Coordinate, ...]
    task: tuple[Coordinate, ...]
    #: [N, task columns], the tasks that results are reported on.
    test_tasks: np.ndarray

    @staticmethod
    def named(name: str) -> Family:
        """The family of that name; Error where there is none."""
        found = _native.read_json(_native.library().maml_family, str(name).encode())
        for kind in ("state", "observation", "action", "task"):
            found[kind] = tuple(Coordinate(**coordinate) for coordinate in found[kind])
        found["test_tasks"] = np.array(found["test_tasks"], dtype=np.float64).reshape(-1, len(found["task"]))
        return Family(**found)

    @property
    def task_columns(self) -> list[str]:
        """Names of the task columns."""
        return [column.name for column in self.task]

    def draw_tasks(self, count: int, seed: int) -> np.ndarray:
        """Draws tasks that training may see, [count, task columns]: those that C# draws from the stream "tasks" of the seed."""
        tasks = np.empty((count, len(self.task)), dtype=np.float64)
        _native.check(_native.library().maml_draw_tasks(self.name.encode(), checked_seed(seed), count, tasks.ctypes.data))
        return tasks


def families() -> list[str]:
    """Names of all families."""
    return _native.read_json(_native.library().maml_families)


def checked_seed(seed: int) -> int:
    """The seed, if it is one."""
    if isinstance(seed, (bool, np.bool_)) or not isinstance(seed, (int, np.integer)) or not 0 <= seed < 2**63:
        raise Error(f"A seed is a whole number from 0 to 2**63 - 1, and not {seed!r}.")
    return int(seed)
