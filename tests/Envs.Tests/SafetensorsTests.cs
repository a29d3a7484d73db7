using System.Buffers.Binary;
using System.Text;

namespace MamlRobotics.Envs.Tests;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"__metadata__": {"kind": null}}""")]
    [InlineData("""{"a": null}""")]
    [InlineData("""{"a": {"shape": [1], "data_offsets": [0, 4]}}""")]
    [InlineData("""{"a": {"dtype": null, "shape": [1], "data_offsets": [0, 4]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "data_offsets": [0, 4]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [null], "data_offsets": [0, 4]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}""")]
    [InlineData("""{"a": {"dtype": "F99", "shape": [1], "data_offsets": [0, 4]}}""")]
    public void A_header_that_does_not_fit_its_data_is_one_clear_line(string header) =>
        Assert.EndsWith("is damaged or not a safetensors file.", Assert.Throws<InputException>(() => Read(header)).Message);

    [Fact]
    public void A_file_of_another_program_is_read()
    {
        Safetensors file = Read("""{"__metadata__": {"format": "pt"}, "a": {"dtype": "F32", "shape": [1, 1], "data_offsets": [0, 4]}}""");
        Assert.Equal("pt", Assert.Single(file.Metadata).Value);
        NamedArray array = file.Arrays["a"];
        Assert.Equal([1, 1], array.Shape);
        Assert.Equal([1.5f], Assert.IsType<float[]>(array.Data));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Reads a file of that header and one number, 1.5.</summary>
    private Safetensors Read(string header)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), file = new byte[sizeof(ulong) + text.Length + sizeof(float)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, sizeof(ulong));
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(sizeof(ulong) + text.Length), 1.5f);
        string path = Path.Combine(folder, "file.safetensors");
        File.WriteAllBytes(path, file);
        return Safetensors.Read(path);
    }
}
