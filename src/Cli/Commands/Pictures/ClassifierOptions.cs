using System.CommandLine;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;

namespace MamlRobotics.Cli.Commands;

/// <summary>The options of a task of few-shot classification.</summary>
internal sealed class ClassifierOptions
{
    private readonly Option<int?> ways = CommonOptions.Count("--ways", "Classes of a task of few-shot classification.", minimum: 2);
    private readonly Option<int?> shots = CommonOptions.Count("--shots", "Support pictures of each class.", minimum: 1);

    public void AddTo(Command command)
    {
        command.Options.Add(ways);
        command.Options.Add(shots);
    }

    /// <exception cref="InputException">The network has an output for each class that it was trained with.</exception>
    public ClassificationConfig Of(ParseResult parsed, ClassificationConfig trained) =>
        ClassificationEvaluation.With(trained, parsed.GetValue(ways), parsed.GetValue(shots));

    /// <exception cref="InputException">One of the options is given, although nothing is classified.</exception>
    public void Refuse(ParseResult parsed)
    {
        if (((Option[])[ways, shots]).FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } given)
            throw new InputException($"Only few-shot classification has ways and shots: leave out {given.Name}.");
    }
}
