"""Acts by a trained policy."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._errors import Error
from .files import Adapted, Checkpoint

_ACTIVATIONS = {
    "tanh": np.tanh,
    "relu": lambda x: np.maximum(x, 0),
    "elu": lambda x: np.maximum(x, 0) + np.expm1(np.minimum(x, 0)),
    "silu": lambda x: x / (1 + np.exp(-x)),
}


class Policy:
    """A Gaussian policy with a multilayer perceptron: a distribution of actions for every observation.

    Args:
        theta: The arrays of a checkpoint by name, those of one task.
        config: The configuration of the training.
        action_unit: One unit of the policy's output, in the units of the action.
    """

    def __init__(self, theta: dict[str, np.ndarray], config: dict[str, Any], action_unit: float):
        network = config.get("network", "mlp")
        if "mean.weight" not in theta or network != "mlp":
            raise Error(f"Only policies with a multilayer perceptron run in NumPy, and this network is '{network}'.")
        self._theta, self.action_unit = theta, action_unit
        self._activation = _ACTIVATIONS[config["activation"]]
        self._least = np.float32(np.log(config["minStd"]))

    @staticmethod
    def of_checkpoint(checkpoint: Checkpoint) -> Policy:
        """The policy before any gradient step."""
        return Policy(checkpoint.theta, checkpoint.config, float(checkpoint.config["actionUnit"]))

    @staticmethod
    def of_adapted(adapted: Adapted, task: int, step: int = -1) -> Policy:
        """The policy of a task, counted from 0, after some gradient steps; by default after all of them."""
        theta = {name: array[step, task] for name, array in adapted.theta.items()}
        return Policy(theta, adapted.config, adapted.action_unit)

    def distribution(self, observations: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation of the policy's output, each [..., action], for observations [..., obs]."""
        theta, hidden = self._theta, np.asarray(observations, dtype=np.float32)
        layers = [f"hidden{i}" for i in range(sum(name.startswith("hidden") for name in theta) // 2)]
        for name in layers:
            hidden = self._activation(self._layer(name, hidden, name == layers[0]))
        mean = self._layer("mean", hidden, not layers)
        log_std = theta["log_std"]
        if "log_std.weight" in theta:
            log_std = hidden @ theta["log_std.weight"] + log_std
        return mean, np.broadcast_to(np.exp(np.maximum(log_std, self._least)), mean.shape)

    def _layer(self, name: str, inputs: np.ndarray, is_first: bool) -> np.ndarray:
        outputs = inputs @ self._theta[name + ".weight"] + self._theta[name + ".bias"]
        has_context = is_first and "context" in self._theta
        return outputs + self._theta["context"] @ self._theta["context.weight"] if has_context else outputs

    def act(self, observations: np.ndarray, rng: np.random.Generator | None = None) -> np.ndarray:
        """Actions of an environment, [..., action]: the mean ones, or sampled ones where a generator is given."""
        mean, std = self.distribution(observations)
        if rng is not None:
            mean = mean + std * rng.standard_normal(mean.shape, dtype=np.float32)
        return np.float32(self.action_unit) * mean
