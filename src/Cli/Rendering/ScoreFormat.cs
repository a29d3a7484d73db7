using System.Globalization;
using MamlRobotics.MetaLearning;

namespace MamlRobotics.Cli.Rendering;

/// <summary>How a kind of score is named and written.</summary>
/// <param name="Name">The heading of its column</param>
/// <param name="Digits">The number of digits after the point</param>
internal sealed record ScoreFormat(string Name, int Digits)
{
    public static ScoreFormat Return { get; } = new("return", 2);

    public static ScoreFormat Loss { get; } = new("loss", 3);

    /// <summary>A share, written in percent.</summary>
    public static ScoreFormat Success { get; } = new("success", 0) { IsShare = true };

    private static ScoreFormat Accuracy { get; } = new("accuracy", 2) { IsShare = true };

    /// <summary>The format of the scores of a problem.</summary>
    public static ScoreFormat Of(TrainingConfig config) =>
        ((ScoreFormat[])[Loss, Accuracy]).FirstOrDefault(format => format.Name == config.ScoreName) ?? Return;

    private bool IsShare { get; init; }

    public string Text(double value) => IsShare ? $"{Number(value)} %" : Number(value);

    /// <summary>A value, and its interval in brackets.</summary>
    public string Text(Estimate estimate) => $"{Text(estimate.Value)} [{Number(estimate.Low)}, {Number(estimate.High)}]";

    /// <summary>A mean and half its interval, with two or three digits of the half.</summary>
    public string WithHalfInterval(double mean, double half)
    {
        double printed = IsShare ? 100 * half : half;
        int digits = printed >= 10 ? 0 : printed >= 1 ? 1 : Digits;
        string text = $"{Number(mean)} ±{printed.ToString($"F{digits}", CultureInfo.InvariantCulture)}";
        return IsShare ? $"{text} %" : text;
    }

    private string Number(double value) =>
        ((IsShare ? 100 * value : value) + 0.0).ToString($"F{Digits}", CultureInfo.InvariantCulture);
}
