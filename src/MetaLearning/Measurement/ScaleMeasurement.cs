using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaLearning;

/// <summary>The time of an iteration that some processes share, as medians over iterations and means over processes, in seconds.</summary>
/// <param name="Threads">The number of threads of each process</param>
/// <param name="Tasks">N</param>
/// <param name="Seconds">The whole iteration, without a validation</param>
/// <param name="Computing">
/// The processor's time of a process outside of messages, for each of its threads: what the iteration would take on a machine that does
/// nothing else, without the others
/// </param>
/// <param name="Waiting">What a process waits for others that have more to compute</param>
/// <param name="Exchange">The messages</param>
/// <param name="Messages">The bytes of each message of an iteration, from all processes together</param>
public sealed record ScaleMeasurement(
    int Processes, int Threads, int Tasks, double Seconds, double Computing, double Waiting, double Exchange, IReadOnlyList<int> Messages)
{
    /// <summary>
    /// Measures iterations of a training, in turn as they are and with a further message before each, which tells waiting from exchange.
    /// All processes of the group have to call it.
    /// </summary>
    /// <param name="iterations">The number of iterations of either kind, after some that compile code and fill allocators</param>
    public static ScaleMeasurement Run(TrainingConfig config, int threads, IProcessGroup group, int iterations)
    {
        const int NotCounted = 3;
        var measured = new MeasuredGroup(group);
        // The last iteration is validated in any case, and is not counted.
        TrainingConfig longer = config with { Iterations = NotCounted + 2 * iterations + 1, ValidationEvery = int.MaxValue };
        using IExperiment experiment = longer.CreateExperiment(CPU, threads, measured);
        using IMetaTrainer trainer = experiment.CreateTrainer();
        using var agreement = new Agreement(measured, CancellationToken.None);
        List<double> plain = [];
        List<(double Computing, double Waiting, double Exchange, int[] Messages)> apart = [];
        var clock = Stopwatch.StartNew();
        TimeSpan processor = System.Environment.CpuUsage.TotalTime;
        trainer.Run(report =>
        {
            agreement.Reach(trainer.Meta);
            double seconds = clock.Elapsed.TotalSeconds;
            (double waiting, double exchange, double inMessages, int[] messages) = measured.Take();
            double computing = (System.Environment.CpuUsage.TotalTime - processor).TotalSeconds - inMessages;
            bool isCounted = report.Iteration > NotCounted && report.Iteration < longer.Iterations;
            if (isCounted && measured.IsMeasuring) apart.Add((computing / threads, waiting, exchange, messages));
            else if (isCounted) plain.Add(seconds);
            measured.IsMeasuring = !measured.IsMeasuring;
            processor = System.Environment.CpuUsage.TotalTime;
            clock.Restart();
        }, agreement.Stop);
        double MeanOfMedians(IEnumerable<double> own) => group.FromEach(own.Median()).Average();
        return new(
            group.Size, threads, config.MetaBatchSize, MeanOfMedians(plain),
            MeanOfMedians(apart.Select(one => one.Computing)),
            MeanOfMedians(apart.Select(one => one.Waiting)), MeanOfMedians(apart.Select(one => one.Exchange)), apart[^1].Messages);
    }
}
