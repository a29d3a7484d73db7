using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MamlRobotics.Envs;

/// <summary>One array of a file.</summary>
/// <param name="Data">float[], double[] or long[], row by row</param>
public sealed record NamedArray(long[] Shape, Array Data);

/// <summary>
/// Named arrays and text in the safetensors format, which Python reads with the safetensors package: an 8-byte header
/// length, a JSON header, the data. A checksum of all of it is kept with the text, so that damage is noticed.
/// </summary>
public sealed record Safetensors(IReadOnlyDictionary<string, NamedArray> Arrays, IReadOnlyDictionary<string, string> Metadata)
{
    private const string MetadataKey = "__metadata__", ChecksumKey = "sha256";

    private static readonly string NoChecksum = new('0', 2 * SHA256.HashSizeInBytes);

    // The format's own limit; a larger number is the start of some other kind of file.
    private const int MaximumHeader = 100_000_000;

    public void Write(string path)
    {
        using var data = new MemoryStream();
        var header = new JsonObject();
        foreach ((string name, NamedArray array) in Arrays)
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
        byte[] encoded = JsonSerializer.SerializeToUtf8Bytes(header);
        ReadOnlySpan<byte> body = data.GetBuffer().AsSpan(0, (int)data.Length);
        Encoding.ASCII.GetBytes(Checksum(encoded, body)).CopyTo(encoded.AsSpan(encoded.AsSpan().IndexOf(Encoding.ASCII.GetBytes(NoChecksum))));
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)encoded.Length);
            stream.Write(length);
            stream.Write(encoded);
            data.WriteTo(stream);
        });
    }

    /// <exception cref="InputException">The file cannot be read, is of another kind, or is damaged.</exception>
    public static Safetensors Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
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

    private static Safetensors Parse(byte[] file)
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length > MaximumHeader) throw new FormatException();
        Span<byte> encoded = file.AsSpan(sizeof(ulong), (int)length);
        using JsonDocument header = JsonDocument.Parse(encoded.ToArray());
        ReadOnlySpan<byte> data = file.AsSpan(sizeof(ulong) + (int)length);
        var metadata = new Dictionary<string, string>();
        if (header.RootElement.TryGetProperty(MetadataKey, out JsonElement text))
            foreach (JsonProperty entry in text.EnumerateObject()) metadata[entry.Name] = entry.Value.GetString() ?? throw new FormatException();
        if (metadata.Remove(ChecksumKey, out string? checksum))
        {
            Encoding.ASCII.GetBytes(NoChecksum).CopyTo(encoded[encoded.IndexOf(Encoding.ASCII.GetBytes(checksum))..]);
            if (checksum != Checksum(encoded, data)) throw new FormatException();
        }
        var arrays = new Dictionary<string, NamedArray>();
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.NameEquals(MetadataKey)) continue;
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            JsonElement offsets = entry.Value.GetProperty("data_offsets");
            int begin = offsets[0].GetInt32(), end = offsets[1].GetInt32();
            Array array = ToArray(entry.Value.GetProperty("dtype").GetString(), data[begin..end]);
            if (array.Length != shape.Aggregate(1L, (product, size) => checked(product * size))) throw new FormatException();
            arrays[entry.Name] = new NamedArray(shape, array);
        }
        return new Safetensors(arrays, metadata);
    }

    // The header holds the checksum, which therefore counts as zeros in it.
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

    private static Array ToArray(string? type, ReadOnlySpan<byte> bytes) => type switch
    {
        "F32" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        "F64" => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
        "I64" => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
        _ => throw new FormatException(),
    };
}
