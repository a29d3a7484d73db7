using System.CommandLine;
using System.CommandLine.Parsing;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml eval` measures the return of a checkpoint's policy after 0 to K gradient steps, or compares those of several.</summary>
internal sealed class EvalCommand
{
    private const int OfficialWays = 20;

    private readonly Argument<string[]> files = new("CHECKPOINT")
    {
        Description = "A checkpoint, such as runs/first/checkpoints/best.safetensors, or a run folder: "
            + "its best checkpoint, or its latest before the first validation. Several with --compare.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> tasks = new("--tasks")
    {
        Description = "test (the family's test tasks; for 2D navigation the MAML paper's 40 goals), paper (those goals), "
            + "heldout:N (N tasks that training did not draw) or a CSV file.",
        HelpName = "TASKS", DefaultValueFactory = _ => EvaluationTasks.Test,
    };

    private readonly Option<int> steps = CommonOptions.Whole("--steps", "Gradient steps.", minimum: 0, CheckpointEvaluation.DefaultSteps);

    private readonly Option<int> episodes = CommonOptions.Whole(
        "--episodes", "Fresh episodes per task and step.", minimum: 1, CheckpointEvaluation.DefaultEpisodes);

    private readonly Option<long?> seed = CommonOptions.Seed($"Seed of the evaluation. [default: {CheckpointEvaluation.DefaultSeed}]");

    private readonly Option<bool> deterministic = new("--deterministic")
    {
        Description = "Report returns of the policy's mean actions. Gradient steps still use sampled actions.",
    };

    private readonly Option<int?> ways = CommonOptions.Count("--ways", "Classes of a task of few-shot classification.", minimum: 2);
    private readonly Option<int?> shots = CommonOptions.Count("--shots", "Support pictures of each class.", minimum: 1);

    private readonly Option<string?> data = new("--data")
    {
        Description = "Pictures to test few-shot classification on, with no turned copies as further classes; by default the "
            + "configuration's testData. `maml data` lists the names.",
        HelpName = "NAME",
    };

    private readonly Option<bool> official = new("--official")
    {
        Description = "Take Omniglot's official one-shot test of 400 trials of 20 ways for a learner of few-shot classification.",
    };

    private readonly CompareOptions compare = new();
    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<int> threads = CommonOptions.Threads();
    private readonly Option<string?> json = CommonOptions.Json();

    private EvalCommand()
    {
    }

    public static Command Create()
    {
        var eval = new EvalCommand();
        var command = new Command(
            "eval",
            "Evaluate a checkpoint: return, 95 % interval and regret to optimal control after each gradient step. "
            + "With --compare: several on the same tasks.")
        {
            eval.files, eval.tasks, eval.steps, eval.episodes, eval.seed, eval.deterministic, eval.ways, eval.shots,
            eval.data, eval.official,
        };
        foreach (Option option in eval.compare.All) command.Options.Add(option);
        foreach (Option option in (Option[])[eval.device, eval.threads, eval.json]) command.Options.Add(option);
        command.SetAction(eval.Run);
        return HelpWithExamples.AddTo(
            command,
            "maml eval runs/first",
            "maml eval runs/first/checkpoints/latest.safetensors --tasks heldout:100 --steps 2 --json result.json",
            "maml eval runs/maml-1 runs/maml-2 runs/promp-1 runs/promp-2 --compare --tasks heldout:100");
    }

    /// <summary>
    /// The checkpoint that a path names. For a run folder this is its best one or, before the first validation, its latest one,
    /// in which case a line says so.
    /// </summary>
    public static string CheckpointOf(string path)
    {
        string file = FileOf(path);
        if (file == RunFolder.LatestIn(path))
            Console.WriteLine($"{path} has not been validated yet, so it has no best checkpoint; its latest one is used.");
        return file;
    }

    /// <summary>The same as <see cref="CheckpointOf"/>, but prints nothing.</summary>
    public static string FileOf(string path)
    {
        if (!Directory.Exists(path)) return path;
        (string best, string latest) = (RunFolder.BestIn(path), RunFolder.LatestIn(path));
        return !File.Exists(best) && File.Exists(latest) ? latest : best;
    }

    private int Run(ParseResult parsed)
    {
        torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
        string[] paths = parsed.GetValue(files)!;
        bool isComparison = compare.IsAsked(parsed, paths.Length);
        ComparedCheckpoint[] checkpoints =
            [.. paths.Select(CheckpointOf).Select(path => new ComparedCheckpoint(path, Checkpoint.Read(path)))];
        CommonOptions.CheckWritable(parsed.GetValue(json));
        if (isComparison) Compare(parsed, checkpoints, where);
        else if (checkpoints[0].Checkpoint.Config is SinusoidConfig sinusoid) EvaluateSinusoids(parsed, checkpoints[0], sinusoid, where);
        else if (checkpoints[0].Checkpoint.Config is ClassificationConfig pictures)
            EvaluatePictures(parsed, checkpoints[0], pictures, where);
        else if (checkpoints[0].Checkpoint.Config is OptimisationConfig optimiser)
            EvaluateOptimiser(parsed, checkpoints[0], optimiser, where);
        else EvaluatePolicy(parsed, checkpoints[0], where);
        return 0;
    }

    private long SeedOf(ParseResult parsed) => parsed.GetValue(seed) ?? CheckpointEvaluation.DefaultSeed;

    private EvaluationTasks TasksOf(ParseResult parsed, TaskFamily family) =>
        EvaluationTasks.Of(parsed.GetValue(tasks)!, family, RandomStream.FromSeed(SeedOf(parsed)));

    private int SinusoidSteps(ParseResult parsed) =>
        CommonOptions.IsGiven(parsed, steps) ? parsed.GetValue(steps) : SinusoidEvaluation.DefaultSteps;

    private void RefuseOptionsOfPolicies(ParseResult parsed)
    {
        Option[] refused = [episodes, deterministic, compare.Protocol, ways, shots, data, official];
        if (refused.FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } given)
            throw new InputException($"A sinusoid has neither episodes nor actions: leave out {given.Name}.");
    }

    private void EvaluateSinusoids(ParseResult parsed, ComparedCheckpoint one, SinusoidConfig config, torch.Device where)
    {
        RefuseOptionsOfPolicies(parsed);
        new SinusoidEvaluation(one.Path, one.Checkpoint, config, where, parsed.GetValue(threads))
        {
            Steps = SinusoidSteps(parsed), Seed = SeedOf(parsed),
        }.Run(SinusoidEvaluation.TasksOf(parsed.GetValue(tasks)!), parsed.GetValue(json));
    }

    private void EvaluatePictures(ParseResult parsed, ComparedCheckpoint one, ClassificationConfig config, torch.Device where)
    {
        Option[] refused = [tasks, deterministic, compare.Protocol];
        if (refused.FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } given)
            throw new InputException($"Episodes of pictures are drawn from the configuration's testData: leave out {given.Name}.");
        if (config.ShowsSequences) config = SequencesOf(parsed, config);
        bool isOfficial = parsed.GetValue(official);
        Option[] decided = isOfficial ? [ways, shots, data, episodes] : [];
        if (decided.FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } own)
            throw new InputException($"The official test has its own ways, shots, pictures and trials: leave out {own.Name}.");
        config = ClassificationEvaluation.With(
            config, isOfficial ? OfficialWays : parsed.GetValue(ways), isOfficial ? 1 : parsed.GetValue(shots));
        if (parsed.GetValue(data) is { } other) config = config with { TestData = other, Rotations = false };
        new ClassificationEvaluation(one.Path, one.Checkpoint, config, where, parsed.GetValue(threads))
        {
            Steps = config.Algorithm is MetricRecipe ? 0 : parsed.GetValue(steps),
            Episodes = CommonOptions.IsGiven(parsed, episodes) ? parsed.GetValue(episodes) : ClassificationEvaluation.DefaultEpisodes,
            Seed = SeedOf(parsed), IsOfficial = isOfficial,
        }.Run(parsed.GetValue(json));
    }

    /// <summary>The configuration of sequences with as many pictures of each class as are asked for.</summary>
    private ClassificationConfig SequencesOf(ParseResult parsed, ClassificationConfig config)
    {
        if (((Option[])[shots, official]).FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } given)
        {
            throw new InputException(
                $"A memory-augmented network sees the pictures one by one, of each class one more than --steps: leave out {given.Name}.");
        }
        if (!CommonOptions.IsGiven(parsed, steps)) return config;
        int further = parsed.GetValue(steps);
        return further > 0 ? config with { InnerSteps = further }
            : throw new InputException("--steps must be at least 1: a first picture of a class alone says nothing of a memory.");
    }

    private void EvaluateOptimiser(ParseResult parsed, ComparedCheckpoint one, OptimisationConfig config, torch.Device where)
    {
        Option[] refused = [steps, episodes, deterministic, compare.Protocol, ways, shots, data, official];
        if (refused.FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } given)
            throw new InputException($"A learned optimiser takes its configuration's steps and has no episodes: leave out {given.Name}.");
        string asked = parsed.GetValue(tasks)!;
        new OptimisationEvaluation(one.Path, one.Checkpoint, config, where, parsed.GetValue(threads))
        {
            Seed = SeedOf(parsed), Functions = asked == EvaluationTasks.Test ? null : EvaluationTasks.HeldOutCount(asked, "functions"),
        }.Run(parsed.GetValue(json));
    }

    private void RefuseWaysAndShots(ParseResult parsed)
    {
        if (((Option[])[ways, shots, data, official]).FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } given)
            throw new InputException($"Only few-shot classification has ways, shots, data and an official test: leave out {given.Name}.");
    }

    private void EvaluatePolicy(ParseResult parsed, ComparedCheckpoint one, torch.Device where)
    {
        RefuseWaysAndShots(parsed);
        TaskFamily family = TaskFamilies.ByName[one.Checkpoint.PolicyConfig().Environment];
        var evaluation = new CheckpointEvaluation(one.Path, one.Checkpoint, TasksOf(parsed, family), where, parsed.GetValue(threads))
        {
            Steps = parsed.GetValue(steps),
            Episodes = parsed.GetValue(episodes),
            Seed = SeedOf(parsed),
            Deterministic = parsed.GetValue(deterministic),
        };
        Print(evaluation, family, parsed.GetValue(json));
    }

    private static void Print(CheckpointEvaluation evaluation, TaskFamily family, string? json)
    {
        Console.WriteLine(
            $"{evaluation.Tasks.Describe(family)}, {evaluation.Episodes} episodes per task and step, seed {evaluation.Seed}, "
            + $"iteration {evaluation.Checkpoint.Iteration}, {Machine.Summary(evaluation.Device, evaluation.Threads)}");
        IReadOnlyList<StepEvaluation> result = evaluation.Run();
        // The table comes before the file, so that minutes of work are not lost where the file cannot be written.
        EvaluationTable.Print(evaluation, family, result);
        if (json is not null) evaluation.Write(json, result);
    }

    private void Compare(ParseResult parsed, ComparedCheckpoint[] checkpoints, torch.Device where)
    {
        IReadOnlyList<(string Name, ComparedCheckpoint[] Runs)> groups = ComparedCheckpoint.Groups(checkpoints);
        Resampling resampling = compare.ResamplingOf(parsed);
        bool isMetaWorld = compare.IsMetaWorld(parsed);
        if (isMetaWorld && CommonOptions.IsGiven(parsed, episodes))
            throw new InputException("--protocol meta-world says how many episodes there are: leave out --episodes.");
        if (resampling == Resampling.Stratified && groups.FirstOrDefault(group => group.Runs.Length == 1) is { Name: { } alone })
        {
            throw new InputException(
                $"--bootstrap {CompareOptions.Stratified} draws the runs of each task and needs two or more of each learner, and {alone} "
                + $"has one; add runs with other seeds, or take {CompareOptions.RunsAndTasks}.");
        }
        CheckpointComparison comparison = checkpoints[0].Checkpoint.Config is SinusoidConfig
            ? CompareSinusoids(parsed, groups, where) : ComparePolicies(parsed, groups, isMetaWorld, where);
        comparison.Report(
            RandomStream.FromSeed(SeedOf(parsed)), resampling, Machine.Describe(where, parsed.GetValue(threads)), parsed.GetValue(json));
    }

    private CheckpointComparison CompareSinusoids(
        ParseResult parsed, IReadOnlyList<(string Name, ComparedCheckpoint[] Runs)> groups, torch.Device where)
    {
        RefuseOptionsOfPolicies(parsed);
        int count = SinusoidEvaluation.TasksOf(parsed.GetValue(tasks)!);
        return new SinusoidComparison(
            count, SinusoidSteps(parsed), SeedOf(parsed), parsed.GetValue(compare.SolvedFrom), where, parsed.GetValue(threads)).Run(groups);
    }

    private CheckpointComparison ComparePolicies(
        ParseResult parsed, IReadOnlyList<(string Name, ComparedCheckpoint[] Runs)> groups, bool isMetaWorld, torch.Device where)
    {
        TaskFamily family = TaskFamilies.ByName[groups[0].Runs[0].Checkpoint.PolicyConfig().Environment];
        return new PolicyComparison(
            family, TasksOf(parsed, family), parsed.GetValue(compare.SolvedFrom), isMetaWorld, where, parsed.GetValue(threads))
        {
            Steps = parsed.GetValue(steps),
            Episodes = parsed.GetValue(episodes),
            Seed = SeedOf(parsed),
            Deterministic = parsed.GetValue(deterministic),
        }.Run(groups);
    }
}
