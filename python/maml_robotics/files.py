"""Reads the files of the program: checkpoints, adapted policies, replays and recorded dynamics."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import struct
from typing import Any

import numpy as np

from ._errors import Error

_TYPES = {"F32": np.dtype("<f4"), "F64": np.dtype("<f8"), "I64": np.dtype("<i8")}
_LARGEST_HEADER = 100_000_000


@dataclasses.dataclass(frozen=True)
class Checkpoint:
    """The state of a training between two iterations."""

    #: The configuration of the training, with the names that configuration files have.
    config: dict[str, Any]
    #: Number of iterations that are done.
    iteration: int
    #: The model's arrays by their names, such as "hidden0.weight", [in, out].
    theta: dict[str, np.ndarray]
    #: What else the learner learns, such as step sizes, by name.
    learned: dict[str, np.ndarray]
    #: The optimiser's arrays by name.
    learner: dict[str, np.ndarray]


@dataclasses.dataclass(frozen=True)
class Adapted:
    """A checkpoint's policy adapted to N tasks by 0 to K gradient steps, as `maml adapt` writes it."""

    config: dict[str, Any]
    task_columns: list[str]
    #: [N, task columns]
    tasks: np.ndarray
    #: [K + 1, N], mean returns of the episodes that the policies sampled.
    returns: np.ndarray
    #: The model's arrays by name, each [K + 1, N, ...].
    theta: dict[str, np.ndarray]
    #: One unit of the policy's output, in the units of the action.
    action_unit: float


@dataclasses.dataclass(frozen=True)
class Episode:
    """An episode of T steps: states [T + 1, state] and rewards [T]."""

    states: np.ndarray
    rewards: np.ndarray
    terminated: bool


@dataclasses.dataclass(frozen=True)
class ReplayStep:
    """The episodes after some gradient steps."""

    #: The episode of the policy's mean actions.
    shown: Episode
    #: The sampled episodes.
    episodes: list[Episode]


@dataclasses.dataclass(frozen=True)
class Replay:
    """How a policy adapts to a task, as `maml record` writes it."""

    title: dict[str, Any]
    #: The task's columns with their values.
    task: dict[str, float]
    horizon: int
    #: After 0, 1, 2, ... gradient steps.
    steps: list[ReplayStep]
    #: Mean return after each number of gradient steps.
    returns: list[float]


@dataclasses.dataclass(frozen=True)
class Golden:
    """Recorded steps of a family in double precision, as `maml dynamics record` writes them. N tasks, T steps of each."""

    family: str
    settings: dict[str, str]
    task_columns: list[str]
    #: [N, task columns]
    tasks: np.ndarray
    #: [N, T, state], before the step
    states: np.ndarray
    #: [N, T, action]
    actions: np.ndarray
    #: [N, T, state], after the step
    next_states: np.ndarray
    #: [N, T]
    rewards: np.ndarray
    #: [N, T]
    terminated: np.ndarray


def read_safetensors(path: str) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """The arrays of a file, which are read-only, and its text. A checksum in the text is verified and left out."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as problem:
        raise Error(f"Cannot read {path}: {problem.strerror}.") from None
    try:
        return _parse(content)
    except (ValueError, KeyError, TypeError, AttributeError, struct.error):
        raise Error(f"{path} is damaged or not a safetensors file.") from None


def read_checkpoint(path: str) -> Checkpoint:
    """A file in a run folder's checkpoints/."""
    arrays, text = _read(path, "maml-robotics checkpoint 1", "a checkpoint; give one of a run folder's checkpoints/*.safetensors")
    with _Whole(path):
        theta, learner = _under(arrays, "theta."), _under(arrays, "learner.")
        learned = {name: array for name, array in arrays.items() if not name.startswith(("theta.", "learner."))}
        return Checkpoint(json.loads(text["config"]), int(text["iteration"]), theta, learned, learner)


def read_adapted(path: str) -> Adapted:
    """A file that `maml adapt` wrote."""
    arrays, text = _read(path, "maml-robotics adapted 1", "an adapted policy; write one with: maml adapt CHECKPOINT --out FILE")
    with _Whole(path):
        return Adapted(
            json.loads(text["config"]), text["task_columns"].split(","), arrays["tasks"], arrays["returns"], _under(arrays, "theta."),
            float(text["action_unit"]))


def read_replay(path: str) -> Replay:
    """A file that `maml record` wrote."""
    arrays, text = _read(path, "maml-robotics replay 1", "a replay; write one with: maml record CHECKPOINT --out FILE.replay")
    with _Whole(path):
        names = [column["name"] for column in json.loads(text["task_columns"])]
        steps = []
        while f"step_{len(steps)}.states" in arrays:
            episodes = _episodes(_under(arrays, f"step_{len(steps)}."))
            steps.append(ReplayStep(episodes[0], episodes[1:]))
        task = dict(zip(names, map(float, arrays["task"])))
        return Replay(json.loads(text["title"]), task, int(text["horizon"]), steps, json.loads(text["returns"]))


def read_golden(path: str) -> Golden:
    """A file that `maml dynamics record` wrote."""
    arrays, text = _read(path, "maml dynamics 1", "a recording by `maml dynamics record`")
    with _Whole(path):
        return Golden(
            text["family"], json.loads(text["settings"]), text["task_columns"].split(","), arrays["tasks"], arrays["states"],
            arrays["actions"], arrays["next_states"], arrays["rewards"], arrays["terminated"] != 0)


class _Whole:
    """Turns what is missing or of another kind in a file into one line."""

    def __init__(self, path: str):
        self.path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, problem: Any, trace: Any) -> None:
        if isinstance(problem, (KeyError, ValueError, TypeError, IndexError)) and not isinstance(problem, Error):
            raise Error(f"{self.path} is damaged, or another program has changed it.") from None


def _read(path: str, kind: str, otherwise: str) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    arrays, text = read_safetensors(path)
    if text.get("kind") != kind:
        raise Error(f"{path} is not {otherwise}.")
    return arrays, text


def _under(arrays: dict[str, np.ndarray], prefix: str) -> dict[str, np.ndarray]:
    return {name[len(prefix):]: array for name, array in arrays.items() if name.startswith(prefix)}


def _episodes(arrays: dict[str, np.ndarray]) -> list[Episode]:
    lengths = arrays["lengths"]
    states = np.split(arrays["states"], np.cumsum(lengths + 1)[:-1])
    rewards = np.split(arrays["rewards"], np.cumsum(lengths)[:-1])
    return [Episode(*parts) for parts in zip(states, rewards, (arrays["terminated"] != 0).tolist())]


def _parse(content: bytes) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    (length,) = struct.unpack_from("<Q", content)
    if length > min(_LARGEST_HEADER, len(content) - 8):
        raise ValueError
    encoded, start = content[8:8 + length], 8 + length
    header = json.loads(encoded)
    text = header.pop("__metadata__", {})
    checksum = text.pop("sha256", None)
    if checksum is not None:
        # The checksum is that of the file with zeros in its place.
        blank = encoded.replace(checksum.encode(), b"0" * len(checksum), 1)
        if hashlib.sha256(blank + content[start:]).hexdigest() != checksum:
            raise ValueError
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        if not 0 <= begin <= end <= len(content) - start:
            raise ValueError
        kind = _TYPES[entry["dtype"]]
        arrays[name] = np.frombuffer(content, kind, (end - begin) // kind.itemsize, start + begin).reshape(entry["shape"])
    return arrays, text
