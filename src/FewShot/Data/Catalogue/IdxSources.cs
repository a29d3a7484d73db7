namespace MamlRobotics.FewShot;

/// <summary>
/// MNIST (LeCun, Cortes and Burges 1998), Fashion-MNIST (Xiao, Rasul and Vollgraf 2017) and the letters of EMNIST (Cohen, Afshar, Tapson
/// and van Schaik 2017), in the files that their authors published.
/// </summary>
internal static class IdxSources
{
    private static readonly string[] Clothes =
        ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    // The labels of letters begin at 1.
    private static readonly string[] Letters = ["", .. Enumerable.Range('A', 26).Select(letter => $"{(char)letter}")];

    public static DataSource[] All { get; } =
    [
        Digits("mnist", "60,000 handwritten digits", "train"),
        Digits("mnist-test", "10,000 handwritten digits", "t10k"),
        Fashion("fashion-mnist", "60,000 pictures of clothes", "train"),
        Fashion("fashion-mnist-test", "10,000 pictures of clothes", "t10k"),
        Emnist("emnist-letters", "124,800 handwritten letters", "emnist-letters-train"),
        Emnist("emnist-letters-test", "20,800 handwritten letters", "emnist-letters-test"),
    ];

    private static FileSource Digits(string name, string what, string part) => Source(
        name, what, $"{Pair(part)} of MNIST, into data/mnist", ["mnist", "MNIST", "MNIST/raw"], part, classNames: null);

    private static FileSource Fashion(string name, string what, string part) => Source(
        name, what, $"apt-get install dataset-fashion-mnist, or {Pair(part)} of https://github.com/zalandoresearch/fashion-mnist, "
        + "into data/fashion-mnist", ["fashion-mnist", "FashionMNIST/raw"], part, Clothes);

    private static FileSource Emnist(string name, string what, string part) => Source(
        name, what, $"{Pair(part)} out of gzip.zip of https://www.nist.gov/itl/products-and-services/emnist-dataset, into data/emnist",
        ["emnist", "emnist/gzip", "EMNIST/raw", "gzip"], part, Letters);

    private static string Pair(string part) => $"{part}-images-idx3-ubyte.gz and {part}-labels-idx1-ubyte.gz";

    private static FileSource Source(string name, string what, string howToGet, string[] places, string part, string[]? classNames) => new(
        name, what, howToGet, [.. places.SelectMany(_ => IdxFiles.OfficialNames(part), (place, file) => $"{place}/{file}")],
        (path, set, side) => IdxFiles.Read(path, set, side, classNames), Measure);

    private static DataSize Measure(string path)
    {
        byte[] labels = IdxFiles.ReadLabels(path);
        return new(labels.Distinct().Count(), labels.Length);
    }
}
