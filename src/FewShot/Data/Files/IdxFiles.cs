using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>A file of pictures and a file of their labels, both in the IDX format: MNIST, Fashion-MNIST and EMNIST.</summary>
internal static class IdxFiles
{
    private const string Images = "images", Labels = "labels", ImagesIdx = "idx3", LabelsIdx = "idx1", Compressed = ".gz";

    /// <summary>The official names of a file of pictures. Some unpackers write a dot for the second hyphen.</summary>
    public static IEnumerable<string> OfficialNames(string part) =>
        from ending in new[] { $"{part}-images-idx3-ubyte", $"{part}-images.idx3-ubyte" }
        from packing in new[] { "", Compressed }
        select ending + packing;

    /// <param name="path">The file of pictures</param>
    /// <param name="classNames">The name of each label; null for the label itself</param>
    /// <exception cref="InputException">One of the two files is missing, damaged, or does not belong to the other.</exception>
    public static ImageSet Read(string path, string name, int side, IReadOnlyList<string>? classNames = null) =>
        DataErrors.Explain(path, () =>
        {
            byte[] labels = ReadLabels(path);
            using IdxReader pictures = OpenPictures(path, labels.Length);
            DataErrors.RequireRoom(path, labels.Length, side);
            var images = new SortedDictionary<byte, List<float[]>>();
            foreach ((byte label, float[] image) in Pictures(pictures, labels, side, IsTransposed(path)))
            {
                if (!images.TryGetValue(label, out List<float[]>? own)) images[label] = own = [];
                own.Add(image);
            }
            string ClassName(byte label) => classNames is not null && label < classNames.Count ? classNames[label] : $"{label}";
            return new ImageSet(name, side, [.. images.Select(pair => new ImageClass(name, ClassName(pair.Key), pair.Value))]);
        });

    /// <summary>The labels that lie beside a file of pictures.</summary>
    public static byte[] ReadLabels(string path)
    {
        string labels = LabelsOf(path);
        return DataErrors.Explain(labels, () =>
        {
            using var reader = new IdxReader(labels);
            if (!reader.IsLabels) throw new InputException($"{labels} holds pictures, where the labels of {path} should be.");
            return ReadAll(reader);
        });
    }

    /// <summary>Reads what is left of a file of labels.</summary>
    public static byte[] ReadAll(IdxReader reader)
    {
        // The header of a compressed file can claim anything, so memory is taken by what is there.
        const int Chunk = 1 << 16;
        var all = new MemoryStream();
        var chunk = new byte[Chunk];
        for (int left = reader.Count; left > 0; left -= Chunk)
        {
            Span<byte> part = chunk.AsSpan(0, Math.Min(left, Chunk));
            reader.Read(part);
            all.Write(part);
        }
        reader.RequireEnd();
        return all.ToArray();
    }

    /// <summary>Opens a file of pictures of which there must be as many as labels.</summary>
    public static IdxReader OpenPictures(string path, int labels)
    {
        var reader = new IdxReader(path);
        if (!reader.IsLabels && reader.Count == labels) return reader;
        using (reader)
            throw new InputException(reader.IsLabels
                ? $"{path} holds labels, where pictures should be."
                : $"{path} has {reader.Count:N0} pictures, and {LabelsOf(path)} beside it has {labels:N0} labels.");
    }

    /// <summary>The one file of pictures that <paramref name="path"/> is or holds.</summary>
    /// <exception cref="InputException">It holds none, or several.</exception>
    public static string FileOfPictures(string path)
    {
        if (!Directory.Exists(path)) return path;
        string[] found = DataErrors.Explain(path, () => FilesOfPictures(path));
        return found.Length == 1 ? found[0] : throw new InputException(found.Length == 0
            ? $"{path} holds no IDX file of pictures, such as train-images-idx3-ubyte.gz."
            : $"{path} holds {found.Length} IDX files of pictures; name one, such as {found[0]}.");
    }

    /// <summary>The files of a folder that have the name of a file of pictures.</summary>
    public static string[] FilesOfPictures(string folder) =>
    [
        .. Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) is { } name
                && name.Contains(Images, StringComparison.Ordinal) && name.Contains(ImagesIdx, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<(byte Label, float[] Image)> Pictures(IdxReader reader, byte[] labels, int side, bool isTransposed)
    {
        (int width, int height) = isTransposed ? (reader.Height, reader.Width) : (reader.Width, reader.Height);
        var bytes = new byte[width * height];
        foreach (byte label in labels)
        {
            reader.Read(bytes);
            float[] picture = isTransposed ? Transposed(bytes, reader.Height, reader.Width) : [.. bytes.Select(Ink)];
            yield return (label, AreaAverage.ToSquare(picture, width, height, side));
        }
        reader.RequireEnd();
    }

    private static float Ink(byte value) => value / 255f;

    private static float[] Transposed(byte[] bytes, int height, int width)
    {
        var picture = new float[bytes.Length];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) picture[x * height + y] = Ink(bytes[y * width + x]);
        return picture;
    }

    // The authors of EMNIST stored the pictures column by column, as MATLAB does (Cohen et al. 2017).
    private static bool IsTransposed(string path) => Path.GetFileName(path).StartsWith("emnist", StringComparison.OrdinalIgnoreCase);

    private static string LabelsOf(string path)
    {
        string name = Path.GetFileName(path).Replace(Images, Labels).Replace(ImagesIdx, LabelsIdx);
        string beside = Path.Combine(Path.GetDirectoryName(path)!, name);
        if (name == Path.GetFileName(path))
            throw new InputException(
                $"{path} is not named as a file of pictures is, such as train-images-idx3-ubyte; so its labels are not found.");
        string packed = beside.EndsWith(Compressed, StringComparison.Ordinal) ? beside[..^Compressed.Length] : beside + Compressed;
        return File.Exists(beside) ? beside : File.Exists(packed) ? packed
            : throw new InputException($"{path} lacks its labels: {name} is not beside it.");
    }
}
