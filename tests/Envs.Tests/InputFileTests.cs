using System.Buffers.Binary;

namespace MamlRobotics.Envs.Tests;

/// <summary>Whatever a user names as a file of text or of arrays is read no further than makes sense.</summary>
public sealed class InputFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Text_is_read_up_to_the_length_that_is_allowed()
    {
        File.WriteAllText(path, "äöü");
        Assert.Equal("äöü", InputFile.ReadText(path, longest: 6));
        Assert.Throws<InputException>(() => InputFile.ReadText(path, longest: 2));
        File.WriteAllText(path, "a\0b");
        InputException problem = Assert.Throws<InputException>(() => InputFile.ReadText(path));
        Assert.Contains("is not a text file", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/urandom")]
    public void A_device_without_an_end_is_no_file(string device)
    {
        if (!File.Exists(device)) return;
        Assert.Throws<InputException>(() => Safetensors.Read(device));
        Assert.Throws<InputException>(() => InputFile.ReadText(device));
    }

    [Fact]
    public void A_file_of_fifty_gigabytes_is_no_file_that_is_read_whole()
    {
        using (var sparse = new FileStream(path, FileMode.Create)) sparse.SetLength(50L << 30);
        Assert.Throws<InputException>(() => InputFile.ReadText(path));
        Assert.Throws<InputException>(() => Safetensors.Read(path));
        // The same holds behind a correct header.
        var arrays = new Dictionary<string, NamedArray> { ["a"] = new([2], new[] { 1f, 2f }) };
        new Safetensors(arrays, new Dictionary<string, string>()).Write(path);
        Assert.Equal([1f, 2f], (float[])Safetensors.Read(path).Arrays["a"].Data);
        using (var sparse = new FileStream(path, FileMode.Open)) sparse.SetLength(50L << 30);
        Assert.Throws<InputException>(() => Safetensors.Read(path));
    }

    [Fact]
    public void A_header_without_an_end_is_damage()
    {
        var start = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(start, 5);
        File.WriteAllBytes(path, start);
        Assert.Throws<InputException>(() => Safetensors.Read(path));
    }
}
