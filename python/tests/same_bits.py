"""Repeats the trajectories that C# recorded, and requires the same bits: `python3 -m tests.same_bits FOLDER`."""

import glob
import os
import sys

import numpy as np

from maml_robotics import VectorEnv, read_safetensors


def check(path):
    """The number of steps that agree."""
    arrays, text = read_safetensors(path)
    steps, _, environments = arrays["actions"].shape
    env = VectorEnv(text["family"], environments)
    observations, _ = env.reset(seed=int(text["seed"]), options={"task": arrays["task"]})
    same(arrays["observations"][0].T, observations)
    for t in range(steps):
        observations, rewards, terminations, truncations, infos = env.step(arrays["actions"][t].T)
        same(arrays["observations"][t + 1].T, observations)
        same(arrays["rewards"][t], rewards)
        same(arrays["ends"][t], terminations + 2 * truncations)
        ended = terminations | truncations
        assert ended.any() == ("final_obs" in infos)
        if ended.any():
            same(ended, infos["_final_obs"])
            same(arrays["final"][t].T[ended], infos["final_obs"][ended])
    return steps * environments


def same(expected, found):
    """Numbers are the same where their bits are."""
    if expected.dtype == np.float32:
        expected, found = (np.ascontiguousarray(array).view(np.uint32) for array in (expected, found))
    np.testing.assert_array_equal(expected, found)


if __name__ == "__main__":
    files = sorted(glob.glob(os.path.join(sys.argv[1], "*.safetensors")))
    print(f"{len(files)} families, {sum(map(check, files))} steps: the same bits")
