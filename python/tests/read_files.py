"""Reads one file of each kind: `python3 -m tests.read_files CHECKPOINT ADAPTED REPLAY GOLDEN`."""

import os
import sys
import tempfile

import numpy as np

import maml_robotics as maml


def check_checkpoint(path):
    """The arrays have the sizes of the configuration, and the policy acts."""
    checkpoint = maml.read_checkpoint(path)
    sizes = [2, *checkpoint.config["hiddenSizes"], 2]
    names = [f"hidden{i}" for i in range(len(sizes) - 2)] + ["mean"]
    for name, before, after in zip(names, sizes, sizes[1:]):
        assert checkpoint.theta[name + ".weight"].shape == (before, after)
    assert maml.Policy.of_checkpoint(checkpoint).act(np.zeros((5, 2))).shape == (5, 2)
    assert checkpoint.iteration > 0


def check_adapted(path):
    """Before a gradient step the policies of all tasks are the same, and after it they differ."""
    adapted = maml.read_adapted(path)
    assert adapted.task_columns == ["goal_x", "goal_y"] and adapted.tasks.shape == (3, 2) and adapted.returns.shape == (3, 3)
    bias = adapted.theta["mean.bias"]
    assert bias.shape == (3, 3, 2) and (bias[0] == bias[0, 0]).all() and (bias[1, 0] != bias[1, 1]).any()
    act = [maml.Policy.of_adapted(adapted, task=0, step=step).act(np.zeros(2)) for step in range(3)]
    assert (act[0] != act[1]).any() and (act[1] != act[2]).any()
    np.testing.assert_allclose(adapted.action_unit * (act[2] / adapted.action_unit), act[2])


def check_replay(path):
    """Rewards are distances to the goal after each step."""
    replay = maml.read_replay(path)
    goal = [replay.task["goal_x"], replay.task["goal_y"]]
    assert len(replay.steps) == len(replay.returns) == 3
    for step in replay.steps:
        assert len(step.episodes) == 4
        for episode in [step.shown, *step.episodes]:
            assert len(episode.states) == len(episode.rewards) + 1 <= replay.horizon + 1
            np.testing.assert_allclose(-np.hypot(*(episode.states[1:, :2] - goal).T), episode.rewards, atol=1e-6)


def check_golden(path):
    """The shapes are those of the family's columns."""
    golden = maml.read_golden(path)
    assert golden.family == "arm-goals" and golden.settings["integrator"] == "RungeKutta4" and golden.tasks.shape == (2, 2)
    assert golden.states.shape == golden.next_states.shape == (2, 5, 4) and golden.rewards.shape == (2, 5)


def check_damage(path):
    """A damaged file and one of another kind are refused in one line."""
    with open(path, "rb") as file:
        whole = bytearray(file.read())
    with tempfile.TemporaryDirectory() as folder:
        damaged = os.path.join(folder, "damaged.safetensors")
        for change in (lambda data: data[:7], lambda data: data[:-1], lambda data: data[:-5] + bytes([data[-5] ^ 1]) + data[-4:]):
            with open(damaged, "wb") as file:
                file.write(change(whole))
            for read in (maml.read_checkpoint, maml.read_safetensors):
                refuse(lambda: read(damaged), "damaged")
        refuse(lambda: maml.read_replay(path), "not a replay")
        refuse(lambda: maml.read_golden(os.path.join(folder, "none")), "Cannot read")


def refuse(call, message):
    """Requires one line that says what is wrong."""
    try:
        call()
    except maml.Error as problem:
        assert message in str(problem) and "\n" not in str(problem), problem
    else:
        raise AssertionError(f"Nothing was refused: {message}")


if __name__ == "__main__":
    for check, file_name in zip((check_checkpoint, check_adapted, check_replay, check_golden), sys.argv[1:]):
        check(file_name)
    check_damage(sys.argv[1])
    print(f"read {len(sys.argv) - 1} files")
