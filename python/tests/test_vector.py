"""The environments: spaces, signatures, episodes, tasks and errors."""

import gc
import inspect
import unittest
import weakref

import numpy as np

from maml_robotics import Error, Family, VectorEnv, families
from maml_robotics._gymnasium import AutoresetMode


class TestContract(unittest.TestCase):
    """What Gymnasium's documentation asks of a vector environment (gymnasium.farama.org/api/vector)."""

    def test_reset_and_step_have_gymnasiums_signatures(self):
        reset, step = (inspect.signature(getattr(VectorEnv, name)) for name in ("reset", "step"))
        self.assertEqual(["self", "seed", "options"], list(reset.parameters))
        for name in ("seed", "options"):
            self.assertIs(inspect.Parameter.KEYWORD_ONLY, reset.parameters[name].kind)
            self.assertIsNone(reset.parameters[name].default)
        self.assertEqual(["self", "actions"], list(step.parameters))

    def test_every_family_keeps_its_spaces(self):
        for name in families():
            with self.subTest(family=name):
                env = VectorEnv(name, 3)
                observations, info = env.reset(seed=7)
                self.assertEqual((3, *env.single_observation_space.shape), env.observation_space.shape)
                self.assertEqual((3, *env.single_action_space.shape), env.action_space.shape)
                self.assertIn(observations, env.observation_space)
                self.assertEqual({"task", "_task"}, set(info))
                env.action_space.seed(8)
                for _ in range(5):
                    actions = np.clip(env.action_space.sample(), -1, 1)
                    observations, rewards, terminations, truncations, infos = env.step(actions)
                    self.assertIn(observations, env.observation_space)
                    self.assertEqual([(3,)] * 3, [array.shape for array in (rewards, terminations, truncations)])
                    self.assertEqual([np.bool_] * 2, [terminations.dtype, truncations.dtype])
                    self.assertIsInstance(infos, dict)
                env.close()

    def test_the_autoreset_mode_is_named(self):
        self.assertIs(AutoresetMode.SAME_STEP, VectorEnv.metadata["autoreset_mode"])
        self.assertEqual("SameStep", AutoresetMode.SAME_STEP.value)

    def test_the_step_that_ends_an_episode_returns_the_first_observation_of_the_next(self):
        env = VectorEnv("maml-nav", 3)
        env.reset(seed=1, options={"task": {"goal_x": [0.1, 0.5, 0.5], "goal_y": [0, 0.5, 0.5]}})
        observations, _, terminations, truncations, infos = env.step(np.array([[0.1, 0], [0.05, 0], [0, 0]], dtype=np.float32))
        self.assertEqual([True, False, False], terminations.tolist())
        self.assertFalse(truncations.any())
        self.assertEqual([True, False, False], infos["_final_obs"].tolist())
        np.testing.assert_array_equal(np.float32([0.1, 0]), infos["final_obs"][0])
        np.testing.assert_array_equal(np.float32([[0, 0], [0.05, 0], [0, 0]]), observations)

    def test_the_horizon_truncates(self):
        env = VectorEnv("maml-nav", 2)
        env.reset(seed=1)
        flags = [env.step(np.zeros((2, 2)))[2:4] for _ in range(200)]
        ends = [t for t, (terminated, truncated) in enumerate(flags) if truncated.all() and not terminated.any()]
        self.assertEqual([99, 199], ends)

    def test_closing_twice_is_allowed_and_a_closed_environment_says_so(self):
        env = VectorEnv("maml-nav", 2)
        env.close()
        env.close()
        for call in (lambda: env.reset(seed=1), lambda: env.step(np.zeros((2, 2)))):
            with self.assertRaisesRegex(Error, "closed"):
                call()


class TestTasks(unittest.TestCase):
    """Tasks are set by options and hold until others are set."""

    def test_rewards_are_distances_to_each_environments_own_goal(self):
        env, goals = VectorEnv("maml-nav", 40), Family.named("maml-nav").test_tasks
        _, info = env.reset(seed=1, options={"task": goals})
        np.testing.assert_array_equal(goals, info["task"])
        for _ in range(3):
            rewards = env.step(np.zeros((40, 2)))[1]
            np.testing.assert_allclose(-np.hypot(*goals.T), rewards, rtol=1e-6)
        env.reset(seed=2)
        np.testing.assert_array_equal(goals, env.task)

    def test_one_row_is_the_task_of_all(self):
        env = VectorEnv("arm-payloads", 4)
        env.reset(seed=1, options={"task": [0.25]})
        np.testing.assert_array_equal(np.full((4, 1), 0.25), env.task)

    def test_without_a_task_each_environment_draws_its_own(self):
        env = VectorEnv("maml-nav", 1000)
        task = env.reset(seed=5)[1]["task"]
        np.testing.assert_array_equal(env.sample_tasks(1000, 5), task)
        self.assertEqual(1000, len(np.unique(task, axis=0)))
        self.assertTrue((np.abs(task) <= 0.5).all())

    def test_wrong_input_is_refused_with_one_line_and_changes_nothing(self):
        env = VectorEnv("maml-nav", 2)
        env.reset(seed=1, options={"task": [0.1, 0.2]})
        wrong = {
            "goal_x, goal_y": {"task": [1, 2, 3]}, "goal_y, and not goal_x": {"task": {"goal_x": 1}}, "no option": {"goal": [1, 2]},
            "impossible": {"task": [[0, 0], [np.inf, 0]]},
        }
        for message, options in wrong.items():
            with self.assertRaisesRegex(Error, message) as caught:
                env.reset(options=options)
            self.assertNotIn("\n", str(caught.exception))
        np.testing.assert_array_equal([[0.1, 0.2]] * 2, env.task)
        for call in (lambda: VectorEnv("maml-naw"), lambda: VectorEnv("maml-nav", 0), lambda: env.step(np.zeros(2)),
                     lambda: env.reset(seed=-1), lambda: VectorEnv("maml-nav", 2).step(np.zeros((2, 2)))):
            with self.assertRaises(Error):
                call()


class TestRandomness(unittest.TestCase):
    """A seed decides everything, and the number of threads nothing."""

    def play(self, threads, seed):
        env = VectorEnv("dmc-reacher-easy", 300, threads=threads)
        observations = [env.reset(seed=seed)[0]]
        actions = np.random.default_rng(0).uniform(-1, 1, (20, *env.action_space.shape)).astype(np.float32)
        return np.stack(observations + [env.step(action)[0] for action in actions])

    def test_the_same_seed_gives_the_same_bits_with_any_number_of_threads(self):
        first = self.play(1, 3)
        for threads in (1, 2, 3):
            np.testing.assert_array_equal(first, self.play(threads, 3))
        self.assertFalse((first == self.play(1, 4)).all())

    def test_resets_without_a_seed_go_on_from_the_last_one(self):
        one, other = VectorEnv("dmc-reacher-easy", 5), VectorEnv("dmc-reacher-easy", 5)
        starts = [[env.reset(seed=1)[0], env.reset()[0], env.reset()[0]] for env in (one, other)]
        np.testing.assert_array_equal(starts[0], starts[1])
        self.assertFalse((starts[0][1] == starts[0][2]).all())


class TestBuffers(unittest.TestCase):
    """Without copies the simulator's own memory is read and written."""

    def test_buffers_are_the_same_memory_at_every_step(self):
        env = VectorEnv("maml-nav", 20, copy=False)
        first, _ = env.reset(seed=1)
        env.actions[:] = 0.05
        observations, rewards, *_ = env.step(env.actions)
        self.assertIs(first, observations)
        np.testing.assert_array_equal(np.full((20, 2), np.float32(0.05)), first)
        before = rewards.copy()
        env.step(env.actions)
        self.assertFalse((before == rewards).any())

    def test_buffers_outlive_their_environment(self):
        states = []
        for _ in range(20):
            env = VectorEnv("maml-nav", 5000, copy=False)
            states.append((env.reset(seed=1, options={"task": [0.5, 0.5]})[0], env.step(np.full((5000, 2), 0.05))[1], env.actions))
            env.close()
            del env
        for observations, rewards, actions in states:
            self.assertTrue((observations == np.float32(0.05)).all() and (actions == np.float32(0.05)).all() and (rewards < 0).all())

    def test_environments_are_freed_with_their_last_buffer(self):
        freed = []
        env = VectorEnv("maml-nav", 10, copy=False)
        weakref.finalize(env._simulation, freed.append, True)
        observations, _ = env.reset(seed=1)
        env.close()
        gc.collect()
        self.assertEqual([], freed)
        del observations
        gc.collect()
        self.assertEqual([True], freed)

    def test_copies_stay_as_they_were(self):
        env = VectorEnv("maml-nav", 20)
        env.reset(seed=1)
        observations = env.step(np.full((20, 2), 0.05))[0]
        env.step(np.full((20, 2), 0.05))
        np.testing.assert_array_equal(np.full((20, 2), np.float32(0.05)), observations)

    def test_states_are_written_in_place(self):
        env = VectorEnv("maml-nav", 3)
        env.reset(seed=1)
        env.state[1] = [0.25, -0.5]
        np.testing.assert_array_equal(np.float32([0.25, -0.5]), env.step(np.zeros((3, 2)))[0][1])

    def test_torch_reads_the_buffers_in_place(self):
        try:
            import torch
        except ImportError:
            self.skipTest("There is no torch; on Debian: apt-get install python3-torch.")
        env = VectorEnv("maml-nav", 6, copy=False)
        observations = torch.from_numpy(env.reset(seed=1)[0])
        env.step(np.full((6, 2), 0.05))
        self.assertTrue(torch.equal(torch.full((6, 2), 0.05), observations))


if __name__ == "__main__":
    unittest.main()
