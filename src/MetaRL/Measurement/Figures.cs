using MamlRobotics.Envs;
using static MamlRobotics.MetaRL.Figure;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Every figure of the benchmark, in the order of its table. A name that begins with blanks is a part of the figure above it.
/// </summary>
public static class Figures
{
    private static readonly StepCost Step = StepCost.Of(TaskFamilies.ByName[IterationSize.Paper.Environment]);
    private static readonly double ForwardGflop = IterationCost.ForwardFlop(Experiment.MlpOf(IterationSize.Paper)) / 1e9;

    public static Figure Peak { get; } = new("peak_gflops", "multiply-add peak", GflopPerSecond, Bound.None,
        "Single-precision multiply-adds. On a CPU their operands are in registers, and all threads work; on a GPU they are those of one "
        + "product of large matrices.");

    public static Figure ThreadPeak { get; } = new("thread_peak_gflops", "  one thread", GflopPerSecond, Bound.None,
        "The same on one thread of the CPU, measured between the rollouts of one thread.");

    public static Figure Products { get; } = new("product_gflops", "products of an iteration's size", GflopPerSecond, Bound.Arithmetic,
        "libtorch's products of 20 pairs of matrices, 2000 x 100 by 100 x 100. An outer step consists of such products.");

    public static Figure MemoryCopied { get; } = new("memory_gb_s", "memory copied", "GB/s", Bound.None,
        "Bytes read and written while all threads or the GPU copy arrays that are far larger than the caches.");

    public static Figure EnvironmentSteps { get; } = Steps("env_steps_per_s", "environment steps", Bound.Memory,
        "2D navigation without a policy, 4,096 environments with automatic resets, by the simulator that the device's rollouts use.");

    public static Figure ScalarSteps { get; } = Steps("scalar_env_steps_per_s", "  in double precision", Bound.ThreadArithmetic,
        "The reference simulator: one environment after the other by the public step, on one thread.");

    public static Figure LaneSteps { get; } = Steps("lane_env_steps_per_s", "  in SIMD lanes", Bound.Memory,
        "The CPU's simulator, on all threads.");

    public static Figure TensorSteps { get; } = Steps("tensor_env_steps_per_s", "  in tensors", Bound.Memory,
        "The simulator in tensors, on the device.");

    public static Figure RolloutSteps { get; } = Rollout("rollout_steps_per_s", "rollout steps with policy", Bound.Arithmetic,
        "Live steps in the sampling of the iteration below.");

    public static Figure SharedRolloutSteps { get; } = Rollout(
        "shared_rollout_steps_per_s", "  one thread, shared", Bound.ThreadArithmetic,
        "Policy, noise, step and recording on one CPU thread, where all tasks act by the same parameters.");

    public static Figure SharedRolloutGflops { get; } = new(
        "shared_rollout_gflops", "  one thread, shared", GflopPerSecond, Bound.ThreadArithmetic,
        "The policy's multiply-adds in the same rollouts.")
    { IsDetail = true };

    public static Figure AdaptedRolloutSteps { get; } = Rollout(
        "adapted_rollout_steps_per_s", "  one thread, adapted", Bound.ThreadArithmetic,
        "The same where every task has its own parameters.");

    public static Figure AdaptedRolloutGflops { get; } = new(
        "adapted_rollout_gflops", "  one thread, adapted", GflopPerSecond, Bound.ThreadArithmetic,
        "The policy's multiply-adds in the same rollouts.")
    { IsDetail = true };

    public static Figure Iteration { get; } = new("iteration_s", "paper-size iteration", Seconds, Bound.Arithmetic,
        $"One meta-iteration of {new IterationSize()}, one inner step, exact second order. Median.")
    { Gflops = result => result[IterationGflop!] / result[Iteration!] };

    public static Figure Sampling { get; } = new("sampling_s", "  sampling", Seconds, Bound.Arithmetic,
        "Rollouts before and after the inner step, with baseline and packing.");

    public static Figure Adaptation { get; } = new("adaptation_s", "  adaptation", Seconds, Bound.Arithmetic, "The inner step.");

    public static Figure Outer { get; } = new("outer_s", "  outer step", Seconds, Bound.Arithmetic,
        "Gradient, conjugate gradients and line search.");

    public static Figure IterationGflop { get; } = new("iteration_gflop", "  multiply-adds", Gflop, Bound.None,
        "The work in the matrix products of the iteration; it is not a speed.")
    { IsDetail = true };

    public static Figure ThinnedIteration { get; } = new(
        "thinned_iteration_s", "  with thinned curvature", Seconds, Bound.Arithmetic,
        $"The same iteration with curvature at one of {Benchmark.ThinnedStride} time steps; `maml bench curvature` says what that costs "
        + "in quality.")
    { Gflops = result => result[ThinnedGflop!] / result[ThinnedIteration!] };

    public static Figure ThinnedOuter { get; } = new("thinned_outer_s", "    outer step", Seconds, Bound.Arithmetic,
        "The outer step of that iteration.");

    public static Figure ThinnedGflop { get; } = new("thinned_iteration_gflop", "    multiply-adds", Gflop, Bound.None,
        "The work in the matrix products of that iteration.")
    { IsDetail = true };

    public static Figure DemoTraining { get; } = new("demo_training_s", "training of `maml demo`", Seconds, Bound.Arithmetic,
        "All iterations and validations of configs/demo.json.");

    public static Figure DemoEvaluation { get; } = new("demo_evaluation_s", "its final evaluation", Seconds, Bound.Arithmetic,
        "40 goals, 40 episodes before and after each gradient step of the configuration.");

    public static Figure DemoIterations { get; } = new("demo_iterations", "iterations of `maml demo`", "", Bound.None,
        "The number of iterations in the configuration.")
    { IsDetail = true };

    public static Figure DemoMeasured { get; } = new("demo_measured_iterations", "iterations that were run", "", Bound.None,
        "If there are fewer than in the configuration, the time of training is extrapolated from the medians of these iterations and of "
        + "their validations, and the evaluation is of the policy after them.")
    { IsDetail = true };

    public static Figure PaperMemory { get; } = new("memory_paper_gb", "memory, paper size", Gigabytes, Bound.None,
        "Peak resident set of a program that only runs the iteration above, with one conjugate gradient iteration: further ones use the "
        + "same graphs.");

    public static Figure TenfoldMemory { get; } = new("memory_tenfold_gb", "memory, 10 x the tasks", Gigabytes, Bound.None,
        "The same with 200 tasks.");

    public static Figure ThousandMemory { get; } = new("memory_thousand_tasks_gb", "memory, 1,000 tasks", Gigabytes, Bound.None,
        "The same with 1,000 tasks.");

    public static IReadOnlyList<Figure> All { get; } =
    [
        Peak, ThreadPeak, Products, MemoryCopied, EnvironmentSteps, ScalarSteps, LaneSteps, TensorSteps,
        RolloutSteps, SharedRolloutSteps, SharedRolloutGflops, AdaptedRolloutSteps, AdaptedRolloutGflops,
        Iteration, Sampling, Adaptation, Outer, IterationGflop, ThinnedIteration, ThinnedOuter, ThinnedGflop,
        DemoTraining, DemoEvaluation, DemoIterations, DemoMeasured, PaperMemory, TenfoldMemory, ThousandMemory,
    ];

    private static Figure Steps(string key, string name, Bound bound, string meaning)
    {
        Figure? figure = null;
        return figure = new(key, name, Millions, bound, meaning)
        {
            Gflops = result => result[figure!] * Step.Operations / 1e9,
            GigabytesPerSecond = bound == Bound.Memory ? result => result[figure!] * Step.Bytes / 1e9 : null,
        };
    }

    private static Figure Rollout(string key, string name, Bound bound, string meaning)
    {
        Figure? figure = null;
        return figure = new(key, name, Millions, bound, meaning) { Gflops = result => result[figure!] * ForwardGflop };
    }
}
