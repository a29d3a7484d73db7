namespace MamlRobotics.Envs.Tests;

public class IterativeLqrTests
{
    private const int Horizon = 12;

    private const double Start = 10;

    private static readonly Coordinate Unused = new("unused", "1", 0, 1);

    [Fact]
    public void On_a_linear_robot_with_a_squared_cost_it_finds_the_regulator_of_the_Riccati_equation()
    {
        ReferenceEpisode found = Improve(limit: 1e6);
        // In this problem the weight is also the gain: the first action is -weight * x.
        Assert.Equal(-Weight(Horizon) * Start * Start, found.Return, tolerance: 1e-6);
        Assert.Equal(-Weight(Horizon) * Start, found.Actions[0][0], tolerance: 1e-6);

        // The best return of the last steps from x is -weight * x^2, by dynamic programming backwards.
        static double Weight(int steps) => steps == 0 ? 0 : (1 + Weight(steps - 1)) / (2 + Weight(steps - 1));
    }

    [Fact]
    public void A_robot_that_is_too_weak_pushes_as_hard_as_it_can()
    {
        ReferenceEpisode found = Improve(limit: 0.1);
        Assert.All(found.Actions, action => Assert.Equal(-0.1, action[0], tolerance: 1e-9));
    }

    [Fact]
    public void An_episode_that_cannot_be_improved_is_given_back()
    {
        ReferenceEpisode best = Improve(limit: 1e6);
        Assert.Equal(best.Return, Improve(1e6, best).Return, tolerance: 1e-9);
    }

    private static ReferenceEpisode Improve(double limit, ReferenceEpisode? from = null)
    {
        TaskFamily family = TaskFamily.Of("integrator", new Integrator(limit), TaskDistributions.Uniform(Unused));
        return new IterativeLqr(family, [0]).Improve(from ?? ReferenceEpisode.Play(family, [0], [Start], (_, _) => [0]));
    }

    /// <summary>x' = x + u, which costs x'^2 + u^2.</summary>
    private readonly struct Integrator(double limit) : IEnvironment
    {
        public EnvironmentSpec Spec { get; } =
            new([new("x", "m")], [new("x", "m")], [new("u", "m", -limit, limit)], [Unused], Horizon);

        public void Reset<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> uniforms, Span<T> state) where T : struct, IReal<T> =>
            state[0] = T.Of(Start);

        public Transition<T> Step<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> action, Span<T> state) where T : struct, IReal<T>
        {
            T u = Real.Clamp(action[0], T.Of(-limit), T.Of(limit));
            state[0] += u;
            return new(-(state[0] * state[0] + u * u), Mask<T>.None);
        }

        public void Observe<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, Span<T> observation) where T : struct, IReal<T> =>
            observation[0] = state[0];
    }
}
