using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;

namespace MamlRobotics.Cli.Commands;

/// <summary>The options that choose the adaptation to draw or record.</summary>
internal sealed class AdaptationOptions
{
    public const int DefaultTask = 1, DefaultTrajectories = 20;

    // A picture cannot show more steps side by side.
    private const int MostSteps = 20;

    private readonly Option<int> task = Task("The test task to adapt to, by its number in the family; of a classifier, the episode.");
    private readonly Option<int> steps = CommonOptions.Whole(
        "--steps", $"Gradient steps, at most {MostSteps}.", minimum: 0, CheckpointEvaluation.DefaultSteps, MostSteps);
    private readonly Option<int> trajectories = CommonOptions.Whole(
        "--trajectories", "Episodes per batch.", minimum: 1, DefaultTrajectories);
    private readonly Option<long?> seed = CommonOptions.Seed(
        $"Seed of the episodes. [default: {CheckpointEvaluation.DefaultSeed}]");
    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<int> threads = CommonOptions.Threads();

    private Option[] All => [task, steps, trajectories, seed, device, threads];

    /// <summary>The number of a test task, which few-shot classification calls an episode.</summary>
    public static Option<int> Task(string description)
    {
        Option<int> task = CommonOptions.Whole("--task", description, minimum: 1, DefaultTask);
        task.Aliases.Add("--episode");
        return task;
    }

    public void AddTo(Command command)
    {
        foreach (Option option in All) command.Options.Add(option);
    }

    /// <exception cref="InputException">There is no such checkpoint, task or device.</exception>
    public AdaptationSource Source(ParseResult parsed, string run)
    {
        string checkpoint = EvalCommand.CheckpointOf(run);
        (torch.Device where, int count) = MachineOf(parsed);
        return AdaptationSource.Of(
            checkpoint, parsed.GetValue(task), parsed.GetValue(steps), parsed.GetValue(trajectories), SeedOf(parsed),
            where, count);
    }

    /// <summary>The number of the sinusoid to draw, and the number of gradient steps.</summary>
    /// <exception cref="InputException">An option is given that only concerns episodes.</exception>
    public (int Number, int Steps) OfSinusoid(ParseResult parsed)
    {
        if (((Option[])[trajectories, seed]).FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } given)
            throw new InputException($"A sinusoid has no episodes: leave out {given.Name}; --task is the number of the sinusoid.");
        return (parsed.GetValue(task), CommonOptions.IsGiven(parsed, steps) ? parsed.GetValue(steps) : SinusoidEvaluation.DefaultSteps);
    }

    /// <summary>The number of the episode to draw, and the number of gradient steps; null where it is not given.</summary>
    /// <exception cref="InputException">An option is given that only concerns policies.</exception>
    public (int Number, int? Steps) OfEpisode(ParseResult parsed)
    {
        if (CommonOptions.IsGiven(parsed, trajectories))
            throw new InputException($"A classifier has no trajectories: leave out {trajectories.Name}.");
        return (parsed.GetValue(task), CommonOptions.IsGiven(parsed, steps) ? parsed.GetValue(steps) : null);
    }

    public long SeedOf(ParseResult parsed) => parsed.GetValue(seed) ?? CheckpointEvaluation.DefaultSeed;

    /// <exception cref="InputException">There is no such device.</exception>
    public (torch.Device Device, int Threads) MachineOf(ParseResult parsed) =>
        (CommonOptions.ParseDevice(parsed.GetValue(device)!), parsed.GetValue(threads));

    /// <summary>The evaluation of a learned optimiser to draw.</summary>
    /// <exception cref="InputException">An option is given that only concerns tasks that are adapted to.</exception>
    public OptimisationEvaluation OfOptimiser(ParseResult parsed, string run, Checkpoint checkpoint, OptimisationConfig config)
    {
        if (((Option[])[task, steps, trajectories]).FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } given)
            throw new InputException($"The picture of a learned optimiser shows all steps on many functions: leave out {given.Name}.");
        (torch.Device where, int count) = MachineOf(parsed);
        return new OptimisationEvaluation(run, checkpoint, config, where, count) { Seed = SeedOf(parsed) };
    }

    /// <exception cref="InputException">One of these options is given, although a replay has already decided it.</exception>
    public void RefuseWithReplay(ParseResult parsed) => RefuseWithReplay(parsed, All);

    /// <exception cref="InputException">One of the options is given.</exception>
    public static void RefuseWithReplay(ParseResult parsed, params Option[] options)
    {
        if (options.FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is not { } given) return;
        throw new InputException(
            $"{given.Name} cannot change a replay, which is already recorded: leave out {given.Name}, or give a checkpoint.");
    }
}
