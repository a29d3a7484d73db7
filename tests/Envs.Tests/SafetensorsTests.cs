using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace MamlRobotics.Envs.Tests;

public sealed class SafetensorsTests : IDisposable
{
    private const string OneNumber = """{"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}""";

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
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4, 4]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [0], "data_offsets": [0, 3]}}""")]
    [InlineData($$"""{"a": {{OneNumber}}, "b": {{OneNumber}}}""")]
    [InlineData($$"""{"a": {{OneNumber}}, "a": {{OneNumber}}}""")]
    [InlineData($$"""{"__metadata__": {"kind": "one", "kind": "other"}, "a": {{OneNumber}}}""")]
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

    [Theory]
    [InlineData("BF16")]
    [InlineData("F16")]
    [InlineData("U8")]
    public void A_type_that_is_not_read_is_named(string type)
    {
        string header = """{"a": {"dtype": "TYPE", "shape": [2], "data_offsets": [0, 4]}}""".Replace("TYPE", type);
        InputException problem = Assert.Throws<InputException>(() => Read(header));
        Assert.EndsWith($"holds {type}, and only F32, F64 and I64 are read.", problem.Message);
    }

    [Fact]
    public void Every_array_begins_at_a_multiple_of_the_size_of_its_numbers_whatever_the_header_s_length()
    {
        string path = Path.Combine(folder, "aligned.safetensors");
        for (int letters = 0; letters < 9; letters++)
        {
            var arrays = new Dictionary<string, NamedArray>
            {
                ["single"] = new([3], (float[])[1, 2, 3]), ["none"] = new([0], Array.Empty<float>()),
                ["whole"] = new([2], (long[])[4, 5]), ["double"] = new([1], (double[])[6.5]),
            };
            new Safetensors(arrays, new Dictionary<string, string> { ["kind"] = new string('x', letters) }).Write(path);
            byte[] bytes = File.ReadAllBytes(path);
            int data = sizeof(ulong) + (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(sizeof(ulong), data - sizeof(ulong)));
            foreach (JsonProperty array in header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
            {
                int begin = data + array.Value.GetProperty("data_offsets")[0].GetInt32();
                Assert.Equal(0, begin % (array.Value.GetProperty("dtype").GetString() == "F32" ? 4 : 8));
            }
            Safetensors read = Safetensors.Read(path);
            foreach ((string name, NamedArray array) in arrays) Assert.Equal(array.Data, read.Arrays[name].Data);
        }
    }

    [Fact]
    public void Another_version_of_a_kind_is_told_from_another_kind()
    {
        Safetensors Of(string kind) => new(new Dictionary<string, NamedArray>(), new Dictionary<string, string> { ["kind"] = kind });
        void Require(string kind) => Of(kind).RequireKind("a.file", "our kind ", "1", "something else");
        string Refusal(string kind) => Assert.Throws<InputException>(() => Require(kind)).Message;
        Require("our kind 1");
        Assert.StartsWith("a.file is of version 2, and this program reads version 1", Refusal("our kind 2"));
        Assert.Equal("something else", Refusal("their kind 1"));
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
