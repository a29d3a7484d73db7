"""Environments of one family, stepped together."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

from . import _native
from ._errors import Error
from ._gymnasium import AutoresetMode, Box, VectorEnvBase
from .family import Coordinate, Family, checked_seed


class VectorEnv(VectorEnvBase):
    """Environments of one family as a Gymnasium `VectorEnv`, each with a task of its own.

    The policy does not see the task. `reset(options={"task": ...})` sets it: a row for each environment, [num_envs, task columns], one row
    for all, or a dictionary from the names of the columns to numbers or arrays [num_envs]. A task holds until another is set. Without one,
    the first reset draws a task for every environment from the family's distribution.

    The step that ends an episode begins the next (`AutoresetMode.SAME_STEP`): the observation is then the first of the new episode, and
    `info["final_obs"]`, [num_envs, obs], has the last one of the ended episode in the rows where the mask `info["_final_obs"]` is true.

    Args:
        family: Name of the family; `families()` lists them.
        num_envs: Number of environments.
        threads: Number of threads that share the environments. Results do not depend on it.
        copy: Whether `reset` and `step` return copies. False gives the simulator's own buffers, which the next step overwrites.
    """

    metadata: dict[str, Any] = {"render_modes": [], "autoreset_mode": AutoresetMode.SAME_STEP}

    def __init__(self, family: str, num_envs: int = 1, *, threads: int = 1, copy: bool = True):
        self.closed = True  # until there is something to close
        for name, value in (("num_envs", num_envs), ("threads", threads)):
            if not isinstance(value, (int, np.integer)) or value < 1:
                raise Error(f"{name} must be a whole number from 1, and not {value!r}.")
        self.family = Family.named(family)
        self.num_envs, self._copy = int(num_envs), copy
        self.single_observation_space, self.observation_space = self._spaces(self.family.observation)
        self.single_action_space, self.action_space = self._spaces(self.family.action)
        self._task, self._has_task, self._is_reset = self.family.draw_tasks(self.num_envs, seed=0), False, False
        self._open(int(threads))
        self.closed = False

    @property
    def task(self) -> np.ndarray:
        """The task of every environment, [num_envs, task columns]."""
        return self._task.copy()

    @property
    def actions(self) -> np.ndarray:
        """The buffer that the simulator reads actions from, [num_envs, action]. `step(env.actions)` copies nothing."""
        return self._actions

    @property
    def state(self) -> np.ndarray:
        """The simulator's buffer of states, [num_envs, state]. Writing it moves the environments."""
        return self._state

    def sample_tasks(self, count: int, seed: int) -> np.ndarray:
        """Draws tasks from the family's distribution, [count, task columns]."""
        return self.family.draw_tasks(count, seed)

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[np.ndarray, dict[str, Any]]:
        """Starts a new episode in every environment.

        Args:
            seed: What the starts are drawn from; without one, the generator of the last seed goes on.
            options: {"task": ...}, as the class describes.

        Returns:
            The observations, [num_envs, obs], and {"task": the tasks, "_task": a mask that is true everywhere}.
        """
        self._require_open()
        if seed is not None:
            seed = checked_seed(seed)
        unknown = set(options or {}) - {"task"}
        if unknown:
            raise Error(f"There is no option {sorted(unknown)[0]!r}: the only one is 'task'.")
        super().reset(seed=seed)
        start = seed if seed is not None else int(self.np_random.integers(2**63 - 1))
        if options and options.get("task") is not None:
            self._set_task(self._rows(options["task"]))
        elif not self._has_task:
            self._set_task(self.family.draw_tasks(self.num_envs, start))
        _native.check(self._library.maml_reset(self._simulation.handle, start))
        self._is_reset = True
        return self._given(self._observations), {"task": self.task, "_task": np.ones(self.num_envs, dtype=np.bool_)}

    def step(self, actions: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, dict[str, Any]]:
        """Takes a step in every environment.

        Args:
            actions: [num_envs, action], before clipping to the actuators' limits.

        Returns:
            Observations [num_envs, obs], rewards, terminations and truncations [num_envs], and infos: empty, or those of ended episodes.
        """
        self._require_open()
        if not self._is_reset:
            raise Error("Call reset before step.")
        if actions is not self._actions:
            if np.shape(actions) != self._actions.shape:
                raise Error(f"Actions have the shape {np.shape(actions)}, and not {self._actions.shape}.")
            np.copyto(self._actions, actions, casting="same_kind")
        ended = _native.check(self._library.maml_step(self._simulation.handle))
        infos = self._final_infos() if ended else {}
        return (
            self._given(self._observations), self._given(self._rewards), self._given(self._terminations), self._given(self._truncations),
            infos)

    def close_extras(self, **kwargs: Any) -> None:
        """Frees the environments as soon as nobody has their buffers any more."""
        self._is_reset = False
        del self._simulation, self._state, self._actions, self._observations, self._final
        del self._rewards, self._terminations, self._truncations

    def _open(self, threads: int) -> None:
        family, self._library = self.family, _native.library()
        addresses, stride = (ctypes.c_void_p * 7)(), ctypes.c_int()
        handle = self._library.maml_open(
            family.name.encode(), self._task.ctypes.data, self.num_envs, threads, addresses, ctypes.byref(stride))
        self._simulation = _native.Simulation(_native.check(handle))

        def numbers(address: int, kind: Any, count: int) -> np.ndarray:
            memory = (kind * count).from_address(address)
            # The array refers to the memory, and so to its owner.
            memory.owner = self._simulation
            return np.ctypeslib.as_array(memory)

        def rows(address: int, coordinates: tuple[Coordinate, ...]) -> np.ndarray:
            block = numbers(address, ctypes.c_float, len(coordinates) * stride.value)
            return block.reshape(len(coordinates), stride.value)[:, :self.num_envs].T

        def column(address: int, kind: Any) -> np.ndarray:
            return numbers(address, kind, self.num_envs)

        self._state, self._actions = rows(addresses[0], family.state), rows(addresses[1], family.action)
        self._observations, self._final = rows(addresses[2], family.observation), rows(addresses[3], family.observation)
        self._rewards = column(addresses[4], ctypes.c_float)
        self._terminations = column(addresses[5], ctypes.c_uint8).view(np.bool_)
        self._truncations = column(addresses[6], ctypes.c_uint8).view(np.bool_)

    def _spaces(self, coordinates: tuple[Coordinate, ...]) -> tuple[Box, Box]:
        low, high = (np.array([getattr(c, bound) for c in coordinates], dtype=np.float32) for bound in ("low", "high"))
        batched = (np.tile(bound, (self.num_envs, 1)) for bound in (low, high))
        return Box(low, high, dtype=np.float32), Box(*batched, dtype=np.float32)

    def _rows(self, task: Any) -> np.ndarray:
        """The tasks that a caller means, [num_envs, task columns]."""
        columns = self.family.task_columns
        if isinstance(task, dict):
            if set(task) != set(columns):
                raise Error(f"A task of {self.family.name} has the columns {', '.join(columns)}, and not {', '.join(map(str, task))}.")
            task = np.stack([np.broadcast_to(np.asarray(task[name], np.float64), (self.num_envs,)) for name in columns], axis=1)
        rows = np.asarray(task, dtype=np.float64)
        if rows.shape not in ((len(columns),), (self.num_envs, len(columns))):
            raise Error(
                f"A task has the shape {rows.shape}; {self.family.name} takes ({len(columns)},) for all environments or "
                f"({self.num_envs}, {len(columns)}): {', '.join(columns)}.")
        return np.ascontiguousarray(np.broadcast_to(rows, (self.num_envs, len(columns))))

    def _set_task(self, rows: np.ndarray) -> None:
        _native.check(self._library.maml_set_tasks(self._simulation.handle, rows.ctypes.data, rows.size))
        self._task, self._has_task = rows.copy(), True

    def _final_infos(self) -> dict[str, Any]:
        ended = self._terminations | self._truncations
        return {"final_obs": self._given(self._final), "_final_obs": ended, "final_info": {}, "_final_info": ended}

    def _given(self, buffer: np.ndarray) -> np.ndarray:
        return buffer.copy() if self._copy else buffer

    def _require_open(self) -> None:
        if self.closed:
            raise Error("The environments are closed.")
