using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>Says what a file or folder is, after reading all of it without keeping it.</summary>
public static class DataCheck
{
    private const int StartLength = 8;

    /// <returns>One line: the format, the classes, the pictures and their size</returns>
    /// <exception cref="InputException">It is missing, damaged, or no data set. The message is one line.</exception>
    public static string Describe(string path) => DataErrors.Explain(path, () =>
    {
        if (Directory.Exists(path))
            return IdxFiles.FilesOfPictures(path) is { Length: > 0 } files
                ? string.Join("; ", files.Select(DescribeIdx)) : DescribeTree(path, "folder");
        return DescribeFile(path, Start(path));
    });

    private static string DescribeFile(string path, ReadOnlySpan<byte> start)
    {
        if (FileTree.IsZip(start)) return DescribeTree(path, "zip file");
        if (start.StartsWith("\u001f"u8) && start[1] == 0x8B || start.StartsWith("\0\0"u8)) return DescribeIdx(path);
        bool isPicture = start[1..].StartsWith("PNG"u8) || start[0] == 0xFF && start[1] == 0xD8;
        throw new InputException(isPicture
            ? $"{path} is a single picture: name the folder that holds the folders of its classes."
            : $"{path} is no data set: it is neither an IDX file (plain or .gz) nor a zip file of class folders.");
    }

    // An empty file may be a pipe, and reading it would wait.
    private static byte[] Start(string path)
    {
        if (new FileInfo(path).Length == 0) throw new InputException($"{path} is empty, a pipe or a device.");
        using FileStream file = File.OpenRead(path);
        var start = new byte[StartLength];
        file.ReadAtLeast(start, StartLength, throwOnEndOfStream: false);
        return start;
    }

    private static string DescribeIdx(string path)
    {
        using (var reader = new IdxReader(path))
            if (reader.IsLabels)
                return Invariant($"{path}: IDX labels, {reader.Count:N0} of {IdxFiles.ReadAll(reader).Distinct().Count()} classes");
        byte[] labels = IdxFiles.ReadLabels(path);
        using IdxReader pictures = IdxFiles.OpenPictures(path, labels.Length);
        var picture = new byte[pictures.Width * pictures.Height];
        for (int i = 0; i < pictures.Count; i++) pictures.Read(picture);
        pictures.RequireEnd();
        int[] counts = [.. labels.CountBy(label => label).Select(pair => pair.Value)];
        return Invariant($"{path}: IDX pictures with their labels, {Counted(counts)}, {pictures.Width} x {pictures.Height} pixels");
    }

    private static string DescribeTree(string path, string kind)
    {
        using FileTree tree = FileTree.Open(path);
        if (OneShotRuns.Recognises(tree)) return DescribeRuns(path, kind);
        ClassFolders.Listed[] classes = ClassFolders.List(tree, Path.GetFileName(path));
        (int Width, int Height)[] sizes =
        [
            .. classes.SelectMany(one => one.Files).Select(file => ClassFolders.Decode(tree, file))
                .Select(one => (one.Width, one.Height)).Distinct(),
        ];
        string size = sizes.Length == 1 ? $"{sizes[0].Width} x {sizes[0].Height}"
            : $"at most {sizes.Max(one => one.Width)} x {sizes.Max(one => one.Height)}";
        int groups = classes.Select(one => one.Group).Distinct().Count();
        string inGroups = groups > 1 ? $" in {groups} groups" : "";
        string counts = Counted([.. classes.Select(one => one.Files.Count)]);
        return Invariant($"{path}: {kind} of class folders{inGroups}, {counts}, {size} pixels");
    }

    private static string DescribeRuns(string path, string kind)
    {
        const int Side = 28;
        IReadOnlyList<OneShotRun> runs = OneShotRuns.Read(path, Side);
        int trials = runs.Sum(run => run.Test.Count);
        return Invariant($"{path}: {kind} of Omniglot's one-shot test, {runs.Count} runs, {trials:N0} trials");
    }

    private static string Counted(int[] counts)
    {
        string each = counts.Min() == counts.Max() ? Invariant($"{counts[0]:N0}") : Invariant($"{counts.Min():N0} to {counts.Max():N0}");
        return Invariant($"{counts.Length:N0} classes, {counts.Sum():N0} pictures ({each} a class)");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
