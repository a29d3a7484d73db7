using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>
/// Pictures in one folder for each class, or in folders of groups (alphabets, in Omniglot) that hold folders of classes; in a zip file or
/// not. Lake, Salakhutdinov and Tenenbaum 2015, "Human-level concept learning through probabilistic program induction", for Omniglot.
/// </summary>
internal static class ClassFolders
{
    private const string Expected = "a set has one folder of PNG or JPEG pictures for each class, or folders of such folders";

    /// <summary>A class whose pictures are not decoded yet.</summary>
    public sealed record Listed(string Group, string Name, IReadOnlyList<string> Files);

    /// <param name="name">The name of the set, and of its group where the classes lie in none</param>
    /// <exception cref="InputException">The folder or zip file is missing, damaged or ordered in another way.</exception>
    public static ImageSet Read(string path, string name, int side) => DataErrors.Explain(path, () =>
    {
        using FileTree tree = FileTree.Open(path);
        Listed[] classes = List(tree, name);
        DataErrors.RequireRoom(path, classes.Sum(one => (long)one.Files.Count), side);
        bool isInkDark = IsInkDark(tree, classes);
        return new ImageSet(name, side, [.. classes.Select(one =>
            new ImageClass(one.Group, one.Name, [.. one.Files.Select(file => Decode(tree, file).Ink(isInkDark, side))]))]);
    });

    public static PictureFile Decode(FileTree tree, string file) => PictureFile.Decode(tree.Read(file), $"{tree.Path}: {file}");

    /// <summary>The classes with the names of their files, by group and name.</summary>
    /// <exception cref="InputException">There are no pictures in folders, or folders lie at different depths.</exception>
    public static Listed[] List(FileTree tree, string name)
    {
        string[][] files = [.. tree.Names.Where(PictureFile.HasItsName).Select(file => file.Split('/'))];
        if (files.Length == 0) throw new InputException($"{tree.Path} holds no pictures: {Expected}.");
        foreach (string[] file in files)
            if (file.Length == 1 || file.Length != files[0].Length)
                throw new InputException($"{tree.Path}: {string.Join('/', file)} lies where no picture should: {Expected}.");
        // Beyond group/class/picture there can only be a folder around all, as in archives.
        int outer = Math.Max(0, files[0].Length - 3);
        if (outer > 1 || outer == 1 && files.Any(file => file[0] != files[0][0]))
            throw new InputException($"{tree.Path}: {string.Join('/', files[0])} lies too deep: {Expected}.");
        return
        [
            .. files.GroupBy(file => string.Join('/', file[..^1]))
                .Select(one => Class(name, one.First()[outer..], [.. one.Select(file => string.Join('/', file))])),
        ];
    }

    private static Listed Class(string name, string[] parts, string[] files) =>
        parts.Length == 3 ? new(parts[0], parts[1], files) : new(name, parts[0], files);

    // The background is what most edges show. One answer holds for the whole set.
    private static bool IsInkDark(FileTree tree, Listed[] classes)
    {
        const int Asked = 100;
        return classes.Take(Asked).Average(one => Decode(tree, one.Files[0]).BorderBrightness()) > 0.5;
    }
}
