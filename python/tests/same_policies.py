"""Compares policies in NumPy with what C# computed, and with torch where it is installed: `python3 -m tests.same_policies FOLDER`."""

import glob
import os
import sys

import numpy as np

import maml_robotics as maml


def in_torch(checkpoint, observations):
    """Mean and standard deviation by torch."""
    import torch

    theta = {name: torch.from_numpy(array.copy()) for name, array in checkpoint.theta.items()}
    activation = {"tanh": torch.tanh, "relu": torch.relu, "elu": torch.nn.functional.elu, "silu": torch.nn.functional.silu}
    hidden, first = torch.from_numpy(observations.copy()), theta["context"] @ theta["context.weight"] if "context" in theta else 0
    for i in range(sum(name.startswith("hidden") for name in theta) // 2):
        hidden = hidden @ theta[f"hidden{i}.weight"] + theta[f"hidden{i}.bias"] + first
        hidden, first = activation[checkpoint.config["activation"]](hidden), 0
    mean = hidden @ theta["mean.weight"] + theta["mean.bias"] + first
    log_std = theta["log_std"] + (hidden @ theta["log_std.weight"] if "log_std.weight" in theta else 0)
    return mean.numpy(), np.broadcast_to(log_std.exp().clamp_min(checkpoint.config["minStd"]).numpy(), mean.shape)


def check(path):
    """Requires the same distributions."""
    checkpoint = maml.read_checkpoint(path)
    arrays, _ = maml.read_safetensors(path)
    policy = maml.Policy.of_checkpoint(checkpoint)
    mean, std = policy.distribution(arrays["observations"])
    others = [(arrays["mean"], np.exp(arrays["log_std"]))]
    try:
        others.append(in_torch(checkpoint, arrays["observations"]))
    except ImportError:
        pass
    for other_mean, other_std in others:
        np.testing.assert_allclose(mean, other_mean, rtol=1e-5, atol=1e-5)
        np.testing.assert_allclose(std, other_std, rtol=1e-5)
    np.testing.assert_allclose(policy.act(arrays["observations"]), 0.5 * mean)
    sampled = policy.act(np.repeat(arrays["observations"][:1], 100_000, axis=0), np.random.default_rng(1)) / 0.5
    np.testing.assert_allclose(sampled.mean(axis=0), mean[0], atol=5 * std[0].max() / 300)
    np.testing.assert_allclose(sampled.std(axis=0), std[0], rtol=0.02)


if __name__ == "__main__":
    files = glob.glob(os.path.join(sys.argv[1], "*.policy"))
    for name in files:
        check(name)
    print(f"{len(files)} policies agree")
