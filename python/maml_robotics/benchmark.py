"""Measures environment steps per second: `python3 -m maml_robotics.benchmark --help`."""

from __future__ import annotations

import argparse
import math
import platform
import random
import sys
import time
from typing import Callable

import numpy as np

from ._errors import Error
from .vector import VectorEnv

_SECONDS, _REPETITIONS = 1.0, 3


class PlainPointRobot:
    """The point robot of the MAML paper as it is usually written: one environment in plain Python."""

    def __init__(self, goal: tuple[float, float]):
        self.goal = goal
        self.reset()

    def reset(self) -> tuple[float, float]:
        """Goes to the start."""
        self.position, self.steps = (0.0, 0.0), 0
        return self.position

    def step(self, action: tuple[float, float]) -> tuple[tuple[float, float], float, bool, bool]:
        """Moves by the clipped action."""
        x = self.position[0] + min(max(action[0], -0.1), 0.1)
        y = self.position[1] + min(max(action[1], -0.1), 0.1)
        self.position, self.steps = (x, y), self.steps + 1
        dx, dy = x - self.goal[0], y - self.goal[1]
        return self.position, -math.sqrt(dx * dx + dy * dy), abs(dx) < 0.01 and abs(dy) < 0.01, self.steps >= 100


class NumpyPointRobots:
    """The same robot, many of them in NumPy's arrays."""

    def __init__(self, goals: np.ndarray):
        self.goals = goals.astype(np.float32)
        self.positions, self.steps = np.zeros_like(self.goals), np.zeros(len(goals), dtype=np.int32)

    def step(self, actions: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Moves all robots, and those whose episode ends back to the start."""
        self.positions += np.clip(actions, -0.1, 0.1)
        self.steps += 1
        apart = self.positions - self.goals
        rewards = -np.sqrt((apart * apart).sum(axis=1))
        terminated, truncated = (np.abs(apart) < 0.01).all(axis=1), self.steps >= 100
        ended = terminated | truncated
        self.positions[ended], self.steps[ended] = 0, 0
        return self.positions.copy(), rewards, terminated, truncated


def _rate(step: Callable[[], None], environments: int) -> float:
    """Environment steps per second, the best of some repetitions."""
    count, best = 16, 0.0
    while True:
        seconds = _timed(step, count)
        if seconds > _SECONDS / _REPETITIONS:
            break
        count *= 2
    for _ in range(_REPETITIONS):
        best = max(best, count * environments / _timed(step, count))
    return best


def _timed(step: Callable[[], None], count: int) -> float:
    start = time.perf_counter()
    for _ in range(count):
        step()
    return time.perf_counter() - start


def _plain() -> Callable[[], None]:
    robot, actions = PlainPointRobot((0.3, -0.2)), [(random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1)) for _ in range(4096)]

    def step() -> None:
        for action in actions:
            _, _, terminated, truncated = robot.step(action)
            if terminated or truncated:
                robot.reset()

    return step


def _vector(family: str, environments: int, threads: int, copy: bool) -> Callable[[], None]:
    env = VectorEnv(family, environments, threads=threads, copy=copy)
    env.reset(seed=1)
    env.action_space.seed(2)
    actions = env.action_space.sample()
    if copy:
        return lambda: env.step(actions)
    env.actions[:] = actions
    return lambda: env.step(env.actions)


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python3 -m maml_robotics.benchmark", description="Environment steps per second, from Python.")
    parser.add_argument("--family", default="maml-nav", help="name of the family (default: maml-nav)")
    parser.add_argument("--envs", type=int, default=4096, help="number of environments (default: 4096)")
    parser.add_argument("--threads", type=int, default=1, help="number of threads (default: 1)")
    chosen = parser.parse_args()
    print(f"{chosen.family}, {chosen.envs} environments, {_processor()}, Python {platform.python_version()}, NumPy {np.__version__}")
    rows = [
        ("VectorEnv, buffers without copies", chosen.envs, _vector(chosen.family, chosen.envs, chosen.threads, copy=False)),
        ("VectorEnv, copies", chosen.envs, _vector(chosen.family, chosen.envs, chosen.threads, copy=True)),
    ]
    if chosen.family == "maml-nav":
        rng = np.random.default_rng(3)
        robots = NumpyPointRobots(rng.uniform(-0.5, 0.5, (chosen.envs, 2)))
        actions = rng.uniform(-0.1, 0.1, (chosen.envs, 2)).astype(np.float32)
        rows += [("point robots in NumPy", chosen.envs, lambda: robots.step(actions)), ("a point robot in plain Python", 4096, _plain())]
    for name, environments, step in rows:
        print(f"{name:36}{_rate(step, environments) / 1e6:10.2f} M steps/s")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Error as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
