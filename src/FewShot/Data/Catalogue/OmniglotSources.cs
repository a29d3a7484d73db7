namespace MamlRobotics.FewShot;

/// <summary>
/// Omniglot: 1,623 characters of 50 alphabets, each drawn by 20 people. Lake, Salakhutdinov and Tenenbaum 2015, "Human-level concept
/// learning through probabilistic program induction".
/// </summary>
internal static class OmniglotSources
{
    private const string Page = "https://github.com/brendenlake/omniglot";

    // The two minimal sets share these alphabets.
    private static readonly string[] SharedAlphabets = ["Greek", "Latin"];

    public static DataSource[] All { get; } =
    [
        Source("omniglot-small1", "images_background_small1", "5 alphabets, an official minimal training set", isUnseen: false),
        Source("omniglot-small2", "images_background_small2", "5 alphabets, the other minimal training set", isUnseen: false),
        Source("omniglot-small1-unseen", "images_background_small1", "the 3 alphabets of small1 that small2 lacks", isUnseen: true),
        Source("omniglot-small2-unseen", "images_background_small2", "the 3 alphabets of small2 that small1 lacks", isUnseen: true),
        Source("omniglot-background", "images_background", "30 alphabets, the official training set", isUnseen: false),
        Source("omniglot-evaluation", "images_evaluation", "20 alphabets, the official test set", isUnseen: false),
    ];

    /// <summary>Where a published file may lie: zip file or folder, as the authors or torchvision place it.</summary>
    public static string[] Candidates(string file) =>
    [
        .. from place in new[] { "omniglot/", "", "omniglot/python/", "omniglot-py/" }
           from ending in new[] { ".zip", "" }
           select place + file + ending,
    ];

    public static string HowToGet(string file) => $"python/{file}.zip of {Page}, into data/omniglot";

    private static FileSource Source(string name, string file, string what, bool isUnseen)
    {
        bool Belongs(string alphabet) => !isUnseen || !SharedAlphabets.Contains(alphabet);
        return new(name, what, HowToGet(file), Candidates(file),
            (path, set, side) => ClassFolders.Read(path, set, side).Where(set, one => Belongs(one.Group)),
            path => Measure(path, Belongs));
    }

    private static DataSize Measure(string path, Func<string, bool> belongs) => DataErrors.Explain(path, () =>
    {
        using FileTree tree = FileTree.Open(path);
        ClassFolders.Listed[] classes = [.. ClassFolders.List(tree, path).Where(one => belongs(one.Group))];
        return new DataSize(classes.Length, classes.Sum(one => one.Files.Count));
    });
}
