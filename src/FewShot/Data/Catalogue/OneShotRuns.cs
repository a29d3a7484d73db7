using System.Text;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>One run of a one-shot test: which of the training pictures shows the character of each test picture?</summary>
/// <param name="Name">Such as run01</param>
/// <param name="Training">One picture of each class, [side * side], 1 for ink</param>
/// <param name="Test">As many pictures of other people, [side * side]</param>
/// <param name="Answers">For each test picture, the index of the training picture of its class</param>
public sealed record OneShotRun(
    string Name, IReadOnlyList<float[]> Training, IReadOnlyList<float[]> Test, IReadOnlyList<int> Answers);

/// <summary>
/// Omniglot's official one-shot test, all_runs.zip: 20 runs of 20 test pictures, each within one alphabet that no training set has.
/// Lake, Salakhutdinov and Tenenbaum 2015.
/// </summary>
public static class OneShotRuns
{
    private const string Archive = "all_runs", LabelsFile = "class_labels.txt", TrainingFolder = "training", TestFolder = "test";
    private const int LongestLabels = 1 << 20;

    /// <summary>The test, from where data sets are looked for.</summary>
    /// <param name="folder">The only folder to look in; null for the usual places</param>
    /// <exception cref="InputException">It is not on this machine, or is damaged.</exception>
    public static IReadOnlyList<OneShotRun> Open(int side, string? folder = null) =>
        Find(folder) is { } path ? Read(path, side) : throw new InputException(
            $"Omniglot's one-shot test is not here: {Archive}.zip was looked for in {DataFolders.Named(folder)}. Get it: {HowToGet}.");

    /// <summary>Where the test is; null where it is not on this machine.</summary>
    public static string? Find(string? folder) => DataFolders.Find(DataFolders.Of(folder), OmniglotSources.Candidates(Archive));

    /// <summary>How somebody who does not have the test gets it.</summary>
    public static string HowToGet => OmniglotSources.HowToGet(Archive);

    /// <param name="path">The zip file, or the folder that it was unpacked to</param>
    /// <exception cref="InputException">It is missing, damaged or of another kind.</exception>
    public static IReadOnlyList<OneShotRun> Read(string path, int side) => DataErrors.Explain<IReadOnlyList<OneShotRun>>(path, () =>
    {
        using FileTree tree = FileTree.Open(path);
        string[] labels = LabelFiles(tree);
        return labels.Length > 0 ? [.. labels.Select(file => ReadRun(tree, file, side))]
            : throw new InputException($"{path} is no one-shot test: it has no folder of a run with {LabelsFile}.");
    });

    /// <summary>Whether a file or folder is such a test.</summary>
    internal static bool Recognises(FileTree tree) => LabelFiles(tree).Length > 0;

    private static string[] LabelFiles(FileTree tree) =>
        [.. tree.Names.Where(name => name.EndsWith($"/{LabelsFile}", StringComparison.Ordinal))];

    private static OneShotRun ReadRun(FileTree tree, string labels, int side)
    {
        string run = labels[..^(LabelsFile.Length + 1)];
        (string Test, string Training)[] pairs = [.. Lines(tree, labels).Select(line => Pair(tree, labels, run, line))];
        string[] training = Pictures(tree, run, TrainingFolder), test = Pictures(tree, run, TestFolder);
        Dictionary<string, string> answers = [];
        foreach ((string item, string answer) in pairs)
            if (!answers.TryAdd(item, answer)) throw new InputException($"{tree.Path}: {labels} names {item} twice.");
        if (test.FirstOrDefault(item => !answers.ContainsKey(item)) is { } missing)
            throw new InputException($"{tree.Path}: {labels} does not say what {missing} shows.");
        return new(run.Split('/')[^1], Decoded(tree, training, side), Decoded(tree, test, side),
            [.. test.Select(item => Array.IndexOf(training, answers[item]))]);
    }

    private static string[] Lines(FileTree tree, string labels)
    {
        byte[] text = tree.Read(labels);
        if (text.Length > LongestLabels) throw new InputException($"{tree.Path}: {labels} is too long.");
        return Encoding.UTF8.GetString(text)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A line such as "run01/test/item01.png run01/training/class08.png", as names of files that are there.</summary>
    private static (string Test, string Training) Pair(FileTree tree, string labels, string run, string line)
    {
        string[] names = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name.Split('/')[^1])];
        if (names.Length != 2) throw new InputException($"{tree.Path}: a line of {labels} does not name two pictures.");
        (string test, string training) = ($"{run}/{TestFolder}/{names[0]}", $"{run}/{TrainingFolder}/{names[1]}");
        if (new[] { test, training }.FirstOrDefault(name => !tree.Names.Contains(name)) is { } missing)
            throw new InputException($"{tree.Path}: {labels} names {missing}, which is not there.");
        return (test, training);
    }

    private static string[] Pictures(FileTree tree, string run, string folder)
    {
        string start = $"{run}/{folder}/";
        string[] pictures =
            [.. tree.Names.Where(name => name.StartsWith(start, StringComparison.Ordinal) && PictureFile.HasItsName(name))];
        return pictures.Length > 0 ? pictures : throw new InputException($"{tree.Path}: there are no pictures in {run}/{folder}.");
    }

    // Black ink on white, as published.
    private static float[][] Decoded(FileTree tree, string[] files, int side) =>
        [.. files.Select(file => ClassFolders.Decode(tree, file).Ink(isInkDark: true, side))];
}
