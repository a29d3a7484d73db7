using System.IO.Compression;
using System.IO.Hashing;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>The files of a folder or of a zip file. Names are relative to it, with slashes, in ordinal order.</summary>
internal abstract class FileTree(string path) : IDisposable
{
    /// <summary>No picture is larger. A header that claims more is of another kind of file, or damaged.</summary>
    protected const int LargestFile = 1 << 26;

    // A set lies at most this deep: archive/group/class/picture.
    private const int Deepest = 4;

    public string Path { get; } = path;

    public abstract IReadOnlyList<string> Names { get; }

    /// <exception cref="InputException">The file is damaged or too large.</exception>
    public abstract byte[] Read(string name);

    public abstract void Dispose();

    /// <summary>Opens a folder, or a file that must be a zip file.</summary>
    public static FileTree Open(string path) => Directory.Exists(path) ? new FolderTree(path) : new ZipTree(path);

    /// <summary>Whether a file begins as a zip file does.</summary>
    public static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8);

    // Systems and unpackers leave such files beside the data.
    private static bool IsOfTheSystem(string name) =>
        name.Split('/').Any(part => part.StartsWith('.') || part is "__MACOSX" or "Thumbs.db" or "desktop.ini");

    private InputException TooLarge(string name) =>
        new($"{Path}: {name} is larger than {LargestFile >> 20} MiB, so it is no picture of a set.");

    private sealed class FolderTree(string path) : FileTree(path)
    {
        public override IReadOnlyList<string> Names { get; } =
        [
            .. Directory.EnumerateFiles(path, "*", new EnumerationOptions
                {
                    RecurseSubdirectories = true, MaxRecursionDepth = Deepest, IgnoreInaccessible = true,
                })
                .Select(file => System.IO.Path.GetRelativePath(path, file).Replace('\\', '/'))
                .Where(name => !IsOfTheSystem(name)).Order(StringComparer.Ordinal),
        ];

        public override byte[] Read(string name)
        {
            string file = System.IO.Path.Combine(Path, name);
            return new FileInfo(file).Length <= LargestFile ? File.ReadAllBytes(file) : throw TooLarge(name);
        }

        public override void Dispose()
        {
        }
    }

    private sealed class ZipTree : FileTree
    {
        private readonly ZipArchive archive;
        private readonly Dictionary<string, ZipArchiveEntry> entries = [];

        public ZipTree(string path) : base(path)
        {
            archive = ZipFile.OpenRead(path);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                string name = entry.FullName.Replace('\\', '/');
                if (!name.EndsWith('/') && !IsOfTheSystem(name) && !entries.TryAdd(name, entry))
                    throw new InputException($"{path} is damaged: it holds {name} twice.");
            }
            Names = [.. entries.Keys.Order(StringComparer.Ordinal)];
        }

        public override IReadOnlyList<string> Names { get; }

        public override byte[] Read(string name)
        {
            ZipArchiveEntry entry = entries[name];
            if (entry.Length > LargestFile) throw TooLarge(name);
            byte[] content = ReadAtMost(entry);
            // ZipArchive does not compare the checksum.
            return content.Length == entry.Length && Crc32.HashToUInt32(content) == entry.Crc32
                ? content : throw new InputException($"{Path} is damaged: the checksum of {name} does not fit its content.");
        }

        // The length in the directory may be wrong, and the content go on for ever.
        private static byte[] ReadAtMost(ZipArchiveEntry entry)
        {
            using Stream stream = entry.Open();
            var content = new MemoryStream();
            var chunk = new byte[1 << 14];
            for (int read; content.Length <= entry.Length && (read = stream.Read(chunk)) > 0;) content.Write(chunk, 0, read);
            return content.ToArray();
        }

        public override void Dispose() => archive.Dispose();
    }
}
