using System.Diagnostics;
using MamlRobotics.Envs;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.FewShot;

/// <summary>
/// Seconds for 1,000 episodes of few-shot classification: all tasks of a batch as one computation, and one task after the other, as in a
/// program that loops over tasks.
/// </summary>
/// <param name="What">Training, or evaluation after the inner steps of the configuration</param>
/// <param name="Together">Median over the repetitions</param>
/// <param name="Loop">The same of the loop</param>
public sealed record EpisodeSpeed(string What, double Together, double Loop)
{
    private const double Episodes = 1000;

    /// <summary>Measures training and evaluation, the two ways in turns, after a first turn that is not counted.</summary>
    /// <param name="threads">The number of threads that share out a batch; one task after the other takes one thread</param>
    public static IReadOnlyList<EpisodeSpeed> Measure(ClassificationConfig config, int threads, int repetitions)
    {
        using var together = new ClassificationExperiment(config, CPU, threads);
        using var alone = new ClassificationExperiment(config, CPU, threads: 1);
        using Tensor meta = together.CreateInitialMeta();
        return [.. TensorScope.Free(() =>
        {
            IReadOnlyList<ImageSamples> batches = together.Sample(meta, iteration: 0).Batches;
            int tasks = config.MetaBatchSize;
            EpisodeSpeed training = InTurns("training", tasks, repetitions,
                () => together.OuterObjective.Differentiate(meta, batches),
                task => alone.OuterObjective.Differentiate(meta, [.. batches.Select(batch => batch.Tasks(task, 1))]));
            EpisodeSpeed evaluation = InTurns("evaluation", tasks, repetitions,
                () => together.Evaluate(meta, tasks, config.InnerSteps, (first, some) => Pair(batches, first, some)),
                task => alone.Evaluate(meta, 1, config.InnerSteps, (_, _) => Pair(batches, task, 1)));
            return new[] { training, evaluation };
        })];
    }

    private static (ImageSamples Support, ImageSamples Query) Pair(IReadOnlyList<ImageSamples> batches, int first, int some) =>
        (batches[0].Tasks(first, some), batches[^1].Tasks(first, some));

    private static EpisodeSpeed InTurns<T>(string what, int tasks, int repetitions, Func<T> together, Func<int, T> ofTask)
    {
        var seconds = (Together: new List<double>(), Loop: new List<double>());
        for (int turn = 0; turn <= repetitions; turn++)
        {
            double one = Seconds(() => _ = together()), other = Seconds(() =>
            {
                for (int task = 0; task < tasks; task++) ofTask(task);
            });
            if (turn == 0) continue;
            seconds.Together.Add(one);
            seconds.Loop.Add(other);
        }
        return new(what, seconds.Together.Median() * Episodes / tasks, seconds.Loop.Median() * Episodes / tasks);
    }

    private static double Seconds(Action work)
    {
        var clock = Stopwatch.StartNew();
        TensorScope.Free(work);
        return clock.Elapsed.TotalSeconds;
    }
}
