using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>The options of `maml eval` that compare checkpoints.</summary>
internal sealed class CompareOptions
{
    public const string RunsAndTasks = "runs-and-tasks", Stratified = "stratified", MetaWorld = "meta-world";

    public Option<bool> Compare { get; } = new("--compare")
    {
        Description = "Compare several checkpoints or runs on the same tasks: mean, interquartile mean and share of solved tasks, and each "
            + "learner against the first. Checkpoints whose configurations differ only in the seed are the runs of one learner.",
    };

    public Option<double?> SolvedFrom { get; } = new("--solved")
    {
        Description = "The score from which a task counts as solved. By default, for policies, the return that is 90 % of the way from a "
            + "robot without a policy to the best known return, on each task.",
        HelpName = "SCORE", CustomParser = ParseNumber,
    };

    public Option<string> Bootstrap { get; } = new("--bootstrap")
    {
        Description = "What the intervals draw anew: whole runs and tasks, or the runs of each task (as rliable does).",
        HelpName = $"{RunsAndTasks}|{Stratified}", DefaultValueFactory = _ => RunsAndTasks,
    };

    public Option<string?> Protocol { get; } = new("--protocol")
    {
        Description = "meta-world: the success rate of 3 episodes a task after each step of 10 episodes (metalearning_evaluation of "
            + "Farama-Foundation/Metaworld), where an episode succeeds if its return reaches the one of --solved.",
        HelpName = MetaWorld,
    };

    public IReadOnlyList<Option> All => [Compare, SolvedFrom, Bootstrap, Protocol];

    /// <summary>Whether checkpoints are compared, or a single one is judged as another benchmark does.</summary>
    /// <exception cref="InputException">The options do not go together.</exception>
    public bool IsAsked(ParseResult parsed, int checkpoints)
    {
        if (parsed.GetValue(Compare) || parsed.GetValue(Protocol) is not null) return true;
        if (checkpoints > 1) throw new InputException("Several checkpoints can only be compared: add --compare, or give one.");
        if (((Option[])[SolvedFrom, Bootstrap]).FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } given)
            throw new InputException($"{given.Name} is an option of a comparison: add --compare, or leave it out.");
        return false;
    }

    /// <exception cref="InputException">There is no such way.</exception>
    public Resampling ResamplingOf(ParseResult parsed) => parsed.GetValue(Bootstrap) switch
    {
        RunsAndTasks => Resampling.RunsAndTasks,
        Stratified => Resampling.Stratified,
        string other => throw new InputException($"--bootstrap must be {RunsAndTasks} or {Stratified}, not '{other}'."),
        null => Resampling.RunsAndTasks,
    };

    /// <summary>Whether success rates are asked for.</summary>
    /// <exception cref="InputException">There is no such protocol.</exception>
    public bool IsMetaWorld(ParseResult parsed) => parsed.GetValue(Protocol) switch
    {
        null => false,
        MetaWorld => true,
        string other => throw new InputException($"--protocol must be {MetaWorld}, not '{other}'."),
    };

    private static double? ParseNumber(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (double.TryParse(text, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) return value;
        result.AddError($"--solved must be a number, not '{text}'");
        return null;
    }
}
