using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The length of a run of the benchmark.</summary>
public enum BenchmarkLength
{
    /// <summary>The time of the demo's training is extrapolated from its first iterations.</summary>
    Short,

    /// <summary>The demo is trained to its end, and the memory of 1,000 tasks is measured too.</summary>
    Full,
}

/// <summary>
/// Measures the speed of the program and the peaks of the machine. The iteration is that of <see cref="IterationSize.Paper"/>.
/// </summary>
public static class Benchmark
{
    /// <summary>The stride of thinned curvature.</summary>
    public const int ThinnedStride = 5;

    private const int Repetitions = 5;

    // These are the settings of `maml bench envs`, so that both commands give the same figure.
    private const int Environments = 4096;
    private const double EnvironmentSeconds = 1;

    /// <param name="demo">The configuration of `maml demo`</param>
    /// <param name="evaluation">The gradient steps of the demo's evaluation, and its episodes for each task and step</param>
    /// <param name="fresh">Measures an iteration in a separate process, whose peak of memory is that of the iteration</param>
    /// <param name="progress">Called with the name of what is measured next</param>
    public static BenchmarkResult Run(
        Device device, int threads, MetaTrainingConfig demo, (int Steps, int Episodes) evaluation, BenchmarkLength length,
        Func<IterationSize, IterationMeasurement> fresh, Action<string> progress)
    {
        var values = new Dictionary<string, double>();
        void Add(Figure figure, double value) => values[figure.Key] = value;
        Compute.Configure();
        progress("peaks");
        double peak = MachineProbe.PeakGflops(device, threads);
        Add(Figures.Products, MachineProbe.ProductGflops(device, threads));
        Add(Figures.MemoryCopied, MachineProbe.BandwidthGBs(device, threads));
        progress("environment steps");
        AddSteps(device, threads, Add);
        progress("rollouts");
        AddRollouts(Add);
        progress("paper-size iterations");
        AddIterations(device, threads, Add);
        // The peak is measured twice, because other programs may have used the machine before. All threads are as fast as one.
        peak = Math.Max(peak, MachineProbe.PeakGflops(device, threads));
        Add(Figures.Peak, device.type == DeviceType.CPU ? Math.Max(peak, values[Figures.ThreadPeak.Key]) : peak);
        bool isWhole = length == BenchmarkLength.Full;
        int iterations = isWhole ? demo.Iterations : demo.ValidationEvery;
        DemoCost cost = DemoCost.Measure(
            demo, evaluation, isWhole, device, threads,
            iteration => progress($"training of the demo, iteration {iteration} of {iterations}"));
        Add(Figures.DemoTraining, cost.TrainingSeconds);
        Add(Figures.DemoEvaluation, cost.EvaluationSeconds);
        Add(Figures.DemoIterations, demo.Iterations);
        Add(Figures.DemoMeasured, cost.MeasuredIterations);
        AddMemory(length, fresh, progress, Add);
        return new BenchmarkResult(Machine.Summary(device, threads), values);
    }

    private static void AddSteps(Device device, int threads, Action<Figure, double> add)
    {
        TaskFamily family = TaskFamilies.ByName[IterationSize.Paper.Environment];
        double lanes = SimulatorSpeed.Measure(family, Environments, threads, EnvironmentSeconds).StepsPerSecond;
        // The simulator in tensors computes all tasks together, so its operators use all threads.
        set_num_threads(threads);
        double tensors = TensorSpeed.Measure(family, Environments, device, EnvironmentSeconds).StepsPerSecond;
        Compute.Configure();
        add(Figures.EnvironmentSteps, device.type == DeviceType.CPU ? lanes : tensors);
        add(Figures.ScalarSteps, ScalarSpeed.Measure(family, EnvironmentSeconds).StepsPerSecond);
        add(Figures.LaneSteps, lanes);
        add(Figures.TensorSteps, tensors);
    }

    private static void AddRollouts(Action<Figure, double> add)
    {
        RolloutSpeed shared = RolloutSpeed.Measure(IterationSize.Paper, isShared: true);
        RolloutSpeed adapted = RolloutSpeed.Measure(IterationSize.Paper, isShared: false);
        add(Figures.ThreadPeak, Math.Max(shared.PeakGflops, adapted.PeakGflops));
        add(Figures.SharedRolloutSteps, shared.StepsPerSecond);
        add(Figures.SharedRolloutGflops, shared.Gflops);
        add(Figures.AdaptedRolloutSteps, adapted.StepsPerSecond);
        add(Figures.AdaptedRolloutGflops, adapted.Gflops);
    }

    private static void AddIterations(Device device, int threads, Action<Figure, double> add)
    {
        IterationMeasurement exact = IterationMeasurement.Run(new IterationSize(), Repetitions, device, threads);
        add(Figures.RolloutSteps, exact.StepsPerSecond);
        add(Figures.Iteration, exact.Seconds);
        add(Figures.Sampling, exact.SamplingSeconds);
        add(Figures.Adaptation, exact.AdaptationSeconds);
        add(Figures.Outer, exact.OuterSeconds);
        add(Figures.IterationGflop, exact.Gflop);
        var thinnedSize = new IterationSize { CurvatureStride = ThinnedStride };
        IterationMeasurement thinned = IterationMeasurement.Run(thinnedSize, Repetitions, device, threads);
        add(Figures.ThinnedIteration, thinned.Seconds);
        add(Figures.ThinnedOuter, thinned.OuterSeconds);
        add(Figures.ThinnedGflop, thinned.Gflop);
    }

    private static void AddMemory(
        BenchmarkLength length, Func<IterationSize, IterationMeasurement> fresh, Action<string> progress, Action<Figure, double> add)
    {
        int paper = IterationSize.Paper.MetaBatchSize;
        (Figure Figure, int Tasks)[] sizes =
        [
            (Figures.PaperMemory, paper),
            (Figures.TenfoldMemory, 10 * paper),
            (Figures.ThousandMemory, 1000),
        ];
        foreach ((Figure figure, int tasks) in length == BenchmarkLength.Full ? sizes : sizes[..2])
        {
            progress($"memory with {tasks} tasks");
            // One conjugate gradient iteration is enough, because all of them use the same graphs.
            add(figure, fresh(new IterationSize { Tasks = tasks, ConjugateGradientIterations = 1 }).PeakResidentGb);
        }
    }
}
