using System.Buffers.Binary;
using System.IO.Compression;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>
/// Reads one file of bytes in the IDX format, plain or compressed by gzip: two zero bytes, the type of the numbers, the number of
/// dimensions, each dimension as four bytes, largest first, and the numbers. LeCun, Cortes and Burges, "The MNIST database".
/// </summary>
internal sealed class IdxReader : IDisposable
{
    private const byte Bytes = 0x08;
    private const int LargestSide = 4096, Most = 100_000_000, WordLength = 4;

    private readonly Stream stream;
    private readonly string path;

    /// <exception cref="InputException">The file is of another kind, or its length is not what its header says.</exception>
    public IdxReader(string path)
    {
        this.path = path;
        FileStream file = File.OpenRead(path);
        // A device has no length, and a pipe waits for its writer.
        bool isCompressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        stream = isCompressed ? new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 1 << 16) : file;
        try
        {
            ReadHeader();
            if (!isCompressed) CheckLength(file.Length);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public bool IsLabels { get; private set; }

    public int Count { get; private set; }

    /// <summary>Of each picture, in pixels; 1 for labels.</summary>
    public int Height { get; private set; } = 1;

    /// <inheritdoc cref="Height"/>
    public int Width { get; private set; } = 1;

    private string What => IsLabels ? $"{Count:N0} labels" : $"{Count:N0} pictures of {Width} x {Height}";

    /// <summary>Fills <paramref name="bytes"/> with what follows.</summary>
    /// <exception cref="InputException">The file ends before.</exception>
    public void Read(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InputException($"{path} ends too early: its header says {What}.");
    }

    /// <summary>Requires that nothing follows, which for a compressed file is known only here.</summary>
    public void RequireEnd()
    {
        if (stream.ReadByte() >= 0) throw new InputException($"{path} holds more than the {What} that its header says.");
    }

    public void Dispose() => stream.Dispose();

    private void ReadHeader()
    {
        Span<byte> magic = stackalloc byte[WordLength];
        if (stream.ReadAtLeast(magic, WordLength, throwOnEndOfStream: false) < WordLength || magic[0] != 0 || magic[1] != 0
            || magic[2] is not (Bytes or 0x09 or 0x0B or 0x0C or 0x0D or 0x0E))
            throw new InputException($"{path} is no IDX file: it does not begin as one.");
        if (magic[2] != Bytes || magic[3] is not (1 or 3))
            throw new InputException(
                $"{path} is an IDX file of {magic[3]} dimensions and type 0x{magic[2]:X2}; pictures have 3, labels 1, and both type 0x08.");
        IsLabels = magic[3] == 1;
        Count = ReadDimension(Most);
        if (IsLabels) return;
        Height = ReadDimension(LargestSide);
        Width = ReadDimension(LargestSide);
    }

    private int ReadDimension(int most)
    {
        Span<byte> word = stackalloc byte[WordLength];
        if (stream.ReadAtLeast(word, WordLength, throwOnEndOfStream: false) < WordLength)
            throw new InputException($"{path} ends within its header.");
        uint dimension = BinaryPrimitives.ReadUInt32BigEndian(word);
        return dimension is > 0 && dimension <= most ? (int)dimension
            : throw new InputException($"{path} is damaged: its header says {dimension:N0} where at most {most:N0} can be.");
    }

    private void CheckLength(long length)
    {
        long header = WordLength * (IsLabels ? 2 : 4), expected = header + (long)Count * Height * Width;
        if (length < expected)
            throw new InputException($"{path} ends too early: {What} need {expected:N0} bytes, and it has {length:N0}.");
        if (length > expected)
            throw new InputException($"{path} holds more than its header says: {What} need {expected:N0} bytes, and it has {length:N0}.");
    }
}
