"""Families of robots and tasks for meta-reinforcement learning, and the files of the program that trains on them.

`VectorEnv` steps environments, `families` lists them; the functions `read_...` open checkpoints, replays and recorded dynamics, and
`Policy` acts by a checkpoint's policy. Only the environments need the native library, which `./maml python` builds.
"""

from ._errors import Error
from .family import Coordinate, Family, families
from .files import (
    Adapted,
    Checkpoint,
    Episode,
    Golden,
    Replay,
    ReplayStep,
    read_adapted,
    read_checkpoint,
    read_golden,
    read_replay,
    read_safetensors,
)
from .policy import Policy
from .vector import VectorEnv

__all__ = [
    "Adapted", "Checkpoint", "Coordinate", "Episode", "Error", "Family", "Golden", "Policy", "Replay", "ReplayStep", "VectorEnv",
    "families", "read_adapted", "read_checkpoint", "read_golden", "read_replay", "read_safetensors",
]
