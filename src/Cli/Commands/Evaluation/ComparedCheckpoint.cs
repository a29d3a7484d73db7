using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>A checkpoint that is compared with others.</summary>
/// <param name="Path">The path of the file</param>
internal sealed record ComparedCheckpoint(string Path, Checkpoint Checkpoint)
{
    /// <summary>The name of its run folder, and that of the file if it is not the best checkpoint; of any other file its name.</summary>
    public string Name
    {
        get
        {
            string full = System.IO.Path.GetFullPath(Path), file = System.IO.Path.GetFileNameWithoutExtension(full);
            DirectoryInfo folder = Directory.GetParent(full)!;
            if (folder.Name != "checkpoints" || folder.Parent is not { } run) return file;
            return file == "best" ? run.Name : $"{run.Name}/{file}";
        }
    }

    /// <summary>
    /// Groups checkpoints of one kind, such as best ones, whose configurations differ only in the seed: they are the runs of a learner.
    /// </summary>
    /// <exception cref="InputException">The checkpoints cannot be compared.</exception>
    public static IReadOnlyList<(string Name, ComparedCheckpoint[] Runs)> Groups(IReadOnlyList<ComparedCheckpoint> checkpoints)
    {
        RequireOneProblem(checkpoints);
        (string, string) Learner(ComparedCheckpoint one) =>
            (ConfigFormat.ToJson(one.Checkpoint.Config with { Seed = 0 }), System.IO.Path.GetFileName(one.Path));
        ComparedCheckpoint[][] groups = [.. checkpoints.GroupBy(Learner).Select(group => group.ToArray())];
        foreach (ComparedCheckpoint[] group in groups) RequireDifferentSeeds(group);
        return [.. GroupNames.Of([.. groups.Select(group => group.Select(run => (run.Name, run.Path)).ToArray())]).Zip(groups)];
    }

    private static void RequireOneProblem(IReadOnlyList<ComparedCheckpoint> checkpoints)
    {
        string first = checkpoints[0].Problem;
        if (checkpoints.FirstOrDefault(one => one.Problem != first) is not { } other) return;
        string problems = $"{checkpoints[0].Path} is of {first} and {other.Path} of {other.Problem}";
        throw new InputException($"{problems}, whose scores mean different things; compare those of one problem.");
    }

    private static void RequireDifferentSeeds(ComparedCheckpoint[] group)
    {
        ComparedCheckpoint[]? same =
            group.GroupBy(run => run.Checkpoint.Config.Seed).Select(runs => runs.ToArray()).FirstOrDefault(runs => runs.Length > 1);
        if (same is null) return;
        string pair = $"{same[0].Path} and {same[1].Path}";
        throw new InputException($"{pair} have the same configuration and seed, so they are not two draws; leave one out.");
    }

    /// <summary>What scores depend on besides the tasks: the family of policies, or the number of points of sinusoids.</summary>
    private string Problem => Checkpoint.Config switch
    {
        MetaTrainingConfig policies => policies.Environment,
        FewShot.SinusoidConfig sinusoid => FormattableString.Invariant($"sinusoids of {sinusoid.Shots} points"),
        TrainingConfig other => other.Problem,
    };
}
