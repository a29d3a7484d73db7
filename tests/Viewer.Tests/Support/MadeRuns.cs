using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Recorded runs made by arithmetic.</summary>
internal static class MadeRuns
{
    public const double Optimum = -0.5;

    /// <param name="curve">The validation return after an iteration; NaN where none was measured</param>
    /// <param name="asked">Iterations that the run was to have</param>
    /// <param name="evaluation">The mean return after each gradient step, around which three tasks lie at distances of 1</param>
    public static RecordedRun Run(
        string path, long seed, Func<int, double> curve, int iterations = 40, double[]? evaluation = null, double learningRate = 1e-3,
        string family = "maml-nav", int? asked = null)
    {
        var config = new MetaTrainingConfig
        {
            Environment = family,
            Seed = seed,
            Iterations = asked ?? iterations,
            Optimiser = new AdamOptions { LearningRate = learningRate },
            InnerSteps = 2,
        };
        int[] index = [.. Enumerable.Range(1, iterations)];
        var metrics = new Dictionary<string, double[]>
        {
            ["iteration"] = [.. index.Select(iteration => (double)iteration)],
            ["support_return_0"] = [.. index.Select(iteration => iteration == 1 ? -60 - seed : -40.0)],
            ["query_return"] = [.. index.Select(iteration => -5.0 - seed)],
            ["validation_return_2"] = [.. index.Select(curve)],
        };
        return new RecordedRun(path, config, metrics, evaluation is null ? null : new PolicyEvaluation([.. evaluation.Select(Step)]));

        static StepEvaluation Step(double mean, int step) => new(step, [mean - 1, mean, mean + 1], Optimum - mean);
    }

    /// <summary>Groups of runs with names, values and lengths of all kinds.</summary>
    public static IReadOnlyList<RecordedRun> Random(long seed)
    {
        RandomStream stream = RandomStream.FromSeed(seed);
        long draws = 0;
        double Uniform() => stream.Uniform(draws++);
        int Count(int least, int most) => least + (int)(Uniform() * (most - least + 1));
        double scale = Math.Pow(10, Count(-3, 5));
        var runs = new List<RecordedRun>();
        for (int group = Count(1, Theme.Dark.Series.Count); group > 0; group--)
        {
            string name = new('w', Count(1, 40));
            int iterations = Count(10, 3000), seeds = Count(1, 4);
            bool evaluated = Count(0, 2) > 0;
            double level = -scale * (1 + Count(0, 2));
            for (int run = 1; run <= seeds; run++)
            {
                double noise = 0.02 * scale * Uniform();
                double Curve(int iteration) => iteration % 10 == 0 ? level - scale / iteration + noise : double.NaN;
                string path = string.Create(CultureInfo.InvariantCulture, $"runs/{name}{group}-{run}");
                double[]? evaluation = evaluated ? [level - 3 * scale + noise, level + noise, level / 2] : null;
                runs.Add(Run(path, run, Curve, iterations, evaluation, group));
            }
        }
        return runs;
    }
}
