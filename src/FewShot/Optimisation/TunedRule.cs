using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>An optimiser that people designed, with the mean loss that each learning rate reaches on the functions of training.</summary>
/// <param name="Grid">The loss after the last step for each rate; not finite where the points diverged</param>
public sealed record TunedRule(HandDesignedRule Designed, IReadOnlyList<(double Rate, double Loss)> Grid)
{
    private const int LowestPower = -4, Powers = 5;
    private static readonly double[] Digits = [1, 2, 5];

    /// <summary>The learning rates that are tried.</summary>
    public static IReadOnlyList<double> Rates { get; } =
        [.. Enumerable.Range(LowestPower, Powers).SelectMany(power => Digits.Select(digit => digit * Math.Pow(10, power)))];

    /// <summary>The rate with the smallest loss.</summary>
    public double Best => Grid.MinBy(tried => double.IsFinite(tried.Loss) ? tried.Loss : double.MaxValue).Rate;

    /// <summary>The optimiser with its best rate.</summary>
    public IStepRule Rule => Designed.Rule(Best);

    /// <summary>Tries every rate on functions of training.</summary>
    /// <param name="count">The number of functions, which are the same for every optimiser and rate</param>
    public static TunedRule Tune(HandDesignedRule designed, OptimisationExperiment experiment, RandomStream stream, int count) => new(
        designed, [.. Rates.Select(rate => (rate, experiment.Evaluate(
            designed.Rule(rate), experiment.TrainingSource, stream.Stream("tuning"), count)[^1].Mean))]);
}
