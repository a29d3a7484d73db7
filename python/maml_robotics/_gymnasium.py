"""Gymnasium's base class and spaces where it is installed (1.1 or later), and else what stands in for the part that is used here."""

try:
    from gymnasium.spaces import Box
    from gymnasium.vector import AutoresetMode
    from gymnasium.vector import VectorEnv as VectorEnvBase
except ImportError:
    import enum

    import numpy as np

    class AutoresetMode(enum.Enum):
        """When an environment whose episode has ended begins the next one."""

        NEXT_STEP = "NextStep"
        SAME_STEP = "SameStep"
        DISABLED = "Disabled"

    class Box:
        """Arrays between two bounds."""

        def __init__(self, low, high, shape=None, dtype=np.float32, seed=None):
            self.dtype = np.dtype(dtype)
            self.shape = tuple(shape) if shape is not None else np.shape(low)
            self.low, self.high = (np.full(self.shape, bound, dtype=self.dtype) for bound in (low, high))
            self.bounded_below, self.bounded_above = np.isfinite(self.low), np.isfinite(self.high)
            self._random = np.random.default_rng(seed)

        def seed(self, seed=None):
            """Seeds the generator of `sample`."""
            self._random = np.random.default_rng(seed)
            return seed

        def sample(self):
            """Uniform between finite bounds, exponential beyond a single one, normal without."""
            uniform, below, above = self._random.random(self.shape), self.bounded_below, self.bounded_above
            low, high = np.where(below, self.low, 0.0), np.where(above, self.high, 0.0)
            spread = np.where(below & above, high - low, 0.0)
            tail = self._random.exponential(size=self.shape)
            drawn = np.select(
                [below & above, below, above], [low + uniform * spread, low + tail, high - tail], self._random.normal(size=self.shape))
            return drawn.astype(self.dtype)

        def contains(self, x):
            """Whether an array has the type and the shape, and lies between the bounds."""
            x = np.asarray(x)
            return bool(
                np.can_cast(x.dtype, self.dtype) and x.shape == self.shape and np.all(x >= self.low) and np.all(x <= self.high))

        __contains__ = contains

        def __eq__(self, other):
            return (
                isinstance(other, Box) and self.shape == other.shape and self.dtype == other.dtype
                and np.array_equal(self.low, other.low) and np.array_equal(self.high, other.high))

        __hash__ = None

        def __repr__(self):
            return f"Box({self.low}, {self.high}, {self.shape}, {self.dtype})"

    class VectorEnvBase:
        """The members that every vector environment has."""

        metadata = {}
        spec = None
        render_mode = None
        closed = False
        _np_random = None
        _np_random_seed = None

        def reset(self, *, seed=None, options=None):
            """Seeds the generator."""
            if seed is not None:
                self._np_random, self._np_random_seed = np.random.default_rng(seed), seed

        @property
        def np_random(self):
            """The generator, which is seeded by chance before the first seed."""
            if self._np_random is None:
                self._np_random = np.random.default_rng()
            return self._np_random

        @property
        def np_random_seed(self):
            """The last seed."""
            return self._np_random_seed

        @property
        def unwrapped(self):
            """The environment itself."""
            return self

        def close(self, **kwargs):
            """Frees the environments, once."""
            if self.closed:
                return
            self.close_extras(**kwargs)
            self.closed = True

        def __del__(self):
            self.close()
