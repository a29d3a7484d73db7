using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MamlRobotics.Envs;

/// <summary>An array in a file.</summary>
/// <param name="Data">float[], double[] or long[], row by row</param>
public sealed record NamedArray(long[] Shape, Array Data);

/// <summary>
/// Named arrays and text in the safetensors format, which Python reads with the safetensors package: an 8-byte header length, a JSON
/// header, and the data. The text includes a checksum of the whole file, by which damage is noticed. Every array begins at a multiple of
/// the size of its numbers, so that a memory-mapped file can be read in place.
/// </summary>
public sealed record Safetensors(IReadOnlyDictionary<string, NamedArray> Arrays, IReadOnlyDictionary<string, string> Metadata)
{
    private const string MetadataKey = "__metadata__", ChecksumKey = "sha256", KindKey = "kind";

    // The size of the largest type of number.
    private const int Alignment = sizeof(long);

    private static readonly string NoChecksum = new('0', 2 * SHA256.HashSizeInBytes);

    // The limit of the format. A file that begins with a larger number is of another kind.
    private const int MaximumHeader = 100_000_000;

    public void Write(string path)
    {
        using var data = new MemoryStream();
        byte[] header = Padded(JsonSerializer.SerializeToUtf8Bytes(WriteData(data)));
        byte[] checksum = Encoding.ASCII.GetBytes(Checksum(header, data.GetBuffer().AsSpan(0, (int)data.Length)));
        checksum.CopyTo(header.AsSpan(header.AsSpan().IndexOf(Encoding.ASCII.GetBytes(NoChecksum))));
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            data.WriteTo(stream);
        });
    }

    /// <exception cref="InputException">The file cannot be read, is of another kind, or is damaged.</exception>
    public static Safetensors Read(string path)
    {
        try
        {
            return Parse(ReadAll(path), path);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"There is no file {path}.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {problem.Message}");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw new InputException($"{path} is damaged or not a safetensors file.");
        }
    }

    /// <summary>Requires that the file is of a given kind, and of the version that this program reads.</summary>
    /// <param name="kind">The kind without the version that follows it</param>
    /// <param name="otherwise">Message for a file of another kind</param>
    /// <exception cref="InputException">The file is of another kind or version.</exception>
    public void RequireKind(string path, string kind, string version, string otherwise)
    {
        string found = Metadata.GetValueOrDefault(KindKey, "");
        if (found == kind + version) return;
        throw new InputException(found.StartsWith(kind, StringComparison.Ordinal)
            ? $"{path} is of version {found[kind.Length..]}, and this program reads version {version}; make it again with this one."
            : otherwise);
    }

    /// <summary>Reads all bytes of a file, but at most one more than its header names: a pipe or a device may have no end.</summary>
    private static byte[] ReadAll(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] start = Next(sizeof(ulong));
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > MaximumHeader) throw new FormatException();
        byte[] encoded = Next((int)length);
        using JsonDocument header = JsonDocument.Parse(encoded);
        int end = header.RootElement.EnumerateObject().Where(entry => !entry.NameEquals(MetadataKey))
            .Select(entry => entry.Value.GetProperty("data_offsets")[1].GetInt32()).DefaultIfEmpty().Max();
        return [.. start, .. encoded, .. Next(checked(end + 1))];

        byte[] Next(int count)
        {
            var bytes = new byte[count];
            return bytes[..stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
        }
    }

    private static Safetensors Parse(byte[] file, string path)
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length > MaximumHeader) throw new FormatException();
        Span<byte> encoded = file.AsSpan(sizeof(ulong), (int)length);
        ReadOnlySpan<byte> data = file.AsSpan(sizeof(ulong) + (int)length);
        using JsonDocument header = JsonDocument.Parse(encoded.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false });
        Dictionary<string, string> metadata = ParseMetadata(header);
        if (metadata.Remove(ChecksumKey, out string? checksum)) RequireChecksum(checksum, encoded, data);
        var arrays = new Dictionary<string, NamedArray>();
        var ranges = new List<(int Begin, int End)>();
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.NameEquals(MetadataKey)) continue;
            (int Begin, int End) range = RangeOf(entry.Value);
            arrays[entry.Name] = ParseArray(entry.Value, data[range.Begin..range.End], path);
            ranges.Add(range);
        }
        RequireCover(ranges, data.Length);
        return new Safetensors(arrays, metadata);
    }

    private static Dictionary<string, string> ParseMetadata(JsonDocument header)
    {
        var metadata = new Dictionary<string, string>();
        if (!header.RootElement.TryGetProperty(MetadataKey, out JsonElement text)) return metadata;
        foreach (JsonProperty entry in text.EnumerateObject())
            metadata[entry.Name] = entry.Value.GetString() ?? throw new FormatException();
        return metadata;
    }

    private static void RequireChecksum(string checksum, Span<byte> header, ReadOnlySpan<byte> data)
    {
        Encoding.ASCII.GetBytes(NoChecksum).CopyTo(header[header.IndexOf(Encoding.ASCII.GetBytes(checksum))..]);
        if (checksum != Checksum(header, data)) throw new FormatException();
    }

    private static (int Begin, int End) RangeOf(JsonElement entry)
    {
        JsonElement offsets = entry.GetProperty("data_offsets");
        return offsets.GetArrayLength() == 2 ? (offsets[0].GetInt32(), offsets[1].GetInt32()) : throw new FormatException();
    }

    private static NamedArray ParseArray(JsonElement entry, ReadOnlySpan<byte> data, string path)
    {
        long[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        string type = entry.GetProperty("dtype").GetString() ?? throw new FormatException();
        Array array = ToArray(type, data) ?? throw new InputException($"{path} holds {type}, and only F32, F64 and I64 are read.");
        if (data.Length != (long)array.Length * SizeOfNumber(array)) throw new FormatException();
        if (array.Length != shape.Aggregate(1L, (product, size) => checked(product * size))) throw new FormatException();
        return new NamedArray(shape, array);
    }

    /// <summary>Requires that the ranges follow each other without gap or overlap, from the first byte to the last.</summary>
    private static void RequireCover(List<(int Begin, int End)> ranges, int length)
    {
        int covered = 0;
        foreach ((int begin, int end) in ranges.Order())
        {
            if (begin != covered) throw new FormatException();
            covered = end;
        }
        if (covered != length) throw new FormatException();
    }

    /// <summary>Writes the numbers of all arrays and returns the header that describes them, with zeros for the checksum.</summary>
    private JsonObject WriteData(MemoryStream data)
    {
        var header = new JsonObject();
        // Arrays with the largest numbers come first, so that the arrays after them are aligned too.
        foreach ((string name, NamedArray array) in Arrays.OrderByDescending(entry => SizeOfNumber(entry.Value.Data)))
        {
            long begin = data.Length;
            data.Write(Bytes(array.Data));
            header[name] = new JsonObject
            {
                ["dtype"] = TypeName(array.Data),
                ["shape"] = new JsonArray([.. array.Shape.Select(size => JsonValue.Create(size))]),
                ["data_offsets"] = new JsonArray(begin, data.Length),
            };
        }
        var text = new JsonObject { [ChecksumKey] = NoChecksum };
        foreach ((string key, string value) in Metadata) text[key] = value;
        header[MetadataKey] = text;
        return header;
    }

    private static byte[] Padded(byte[] header)
    {
        int length = (header.Length + Alignment - 1) / Alignment * Alignment;
        return [.. header, .. Enumerable.Repeat((byte)' ', length - header.Length)];
    }

    private static int SizeOfNumber(Array array) => array is float[] ? sizeof(float) : Alignment;

    // The header itself holds the checksum. The checksum is computed with zeros in its place.
    private static string Checksum(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(data);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string TypeName(Array array) => array switch
    {
        float[] => "F32",
        double[] => "F64",
        long[] => "I64",
        _ => throw new ArgumentException($"Arrays of {array.GetType().GetElementType()} are not written."),
    };

    private static ReadOnlySpan<byte> Bytes(Array array) => array switch
    {
        float[] values => MemoryMarshal.AsBytes<float>(values),
        double[] values => MemoryMarshal.AsBytes<double>(values),
        long[] values => MemoryMarshal.AsBytes<long>(values),
        _ => throw new ArgumentException($"Arrays of {array.GetType().GetElementType()} are not written."),
    };

    /// <returns>Null if this program does not read the type</returns>
    private static Array? ToArray(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "F32" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        "F64" => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
        "I64" => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
        _ => null,
    };
}
