using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>How long a run of the benchmark may take.</summary>
public enum BenchmarkLength
{
    /// <summary>The demo's training is extrapolated.</summary>
    Short,

    /// <summary>The demo's training to its end, and the memory of 1,000 tasks.</summary>
    Full,
}

/// <summary>Speed, beside what the machine can do. The iteration is that of <see cref="IterationSize.Paper"/>.</summary>
public static class Benchmark
{
    /// <summary>Of thinned curvature.</summary>
    public const int ThinnedStride = 5;

    private const int Repetitions = 5;

    // Those of `maml bench envs`, so that both commands give one figure.
    private const int Environments = 4096;
    private const double EnvironmentSeconds = 1;

    /// <param name="demo">The configuration of `maml demo`</param>
    /// <param name="evaluation">Gradient steps, and episodes per task and step, of its evaluation</param>
    /// <param name="fresh">Measures an iteration in a program of its own, for its peak of memory</param>
    /// <param name="progress">Called with what is measured next</param>
    public static BenchmarkResult Run(
        Device device, int threads, MetaTrainingConfig demo, (int Steps, int Episodes) evaluation, BenchmarkLength length, Func<IterationSize, IterationMeasurement> fresh, Action<string> progress)
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
        // Again, for a busy machine may have lent less before; all threads do at least as much as one.
        peak = Math.Max(peak, MachineProbe.PeakGflops(device, threads));
        Add(Figures.Peak, device.type == DeviceType.CPU ? Math.Max(peak, values[Figures.ThreadPeak.Key]) : peak);
        DemoCost cost = DemoCost.Measure(
            demo, evaluation, length == BenchmarkLength.Full, device, threads, iteration => progress($"training of the demo, iteration {iteration} of {(length == BenchmarkLength.Full ? demo.Iterations : demo.ValidationEvery)}"));
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
        // The simulator in tensors has no tasks to share out, so its operators take all threads.
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
        RolloutSpeed shared = RolloutSpeed.Measure(IterationSize.Paper, isShared: true), adapted = RolloutSpeed.Measure(IterationSize.Paper, isShared: false);
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
        IterationMeasurement thinned = IterationMeasurement.Run(new IterationSize { CurvatureStride = ThinnedStride }, Repetitions, device, threads);
        add(Figures.ThinnedIteration, thinned.Seconds);
        add(Figures.ThinnedOuter, thinned.OuterSeconds);
        add(Figures.ThinnedGflop, thinned.Gflop);
    }

    private static void AddMemory(BenchmarkLength length, Func<IterationSize, IterationMeasurement> fresh, Action<string> progress, Action<Figure, double> add)
    {
        (Figure Figure, int Tasks)[] sizes =
            [(Figures.PaperMemory, IterationSize.Paper.MetaBatchSize), (Figures.TenfoldMemory, 10 * IterationSize.Paper.MetaBatchSize), (Figures.ThousandMemory, 1000)];
        foreach ((Figure figure, int tasks) in length == BenchmarkLength.Full ? sizes : sizes[..2])
        {
            progress($"memory with {tasks} tasks");
            // Graphs are the same for every conjugate gradient iteration.
            add(figure, fresh(new IterationSize { Tasks = tasks, ConjugateGradientIterations = 1 }).PeakResidentGb);
        }
    }
}
