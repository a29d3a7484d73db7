// An event file holds what was written, in TensorFlow's record format with sound checksums.
using System.Buffers.Binary;
using System.Text;
using TorchSharp.Modules;

namespace TorchSharp.Compat.Tests;

public sealed class TensorBoardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Records_read_back_with_their_checksums()
    {
        SummaryWriter writer = utils.tensorboard.SummaryWriter(_folder, "test");
        writer.add_scalar("return/after 1", -3.5f, 300, walltime: 1_700_000_000);
        string file = Assert.Single(Directory.GetFiles(_folder));
        Assert.StartsWith("events.out.tfevents.", Path.GetFileName(file));
        Assert.EndsWith(".test", file);

        List<byte[]> records = Read(File.ReadAllBytes(file));
        Assert.Equal(2, records.Count);
        Assert.Contains("brain.Event:2", Encoding.UTF8.GetString(records[0]));

        // wall_time: field 1, fixed64; step: field 2, varint 300; summary: field 5 { value: field 1 { tag, simple_value } }
        byte[] tag = Encoding.UTF8.GetBytes("return/after 1");
        byte[] value = [0x0a, (byte)tag.Length, .. tag, 0x15, 0x00, 0x00, 0x60, 0xc0];
        byte[] expected = [0x09, .. BitConverter.GetBytes(1.7e9), 0x10, 0xac, 0x02, 0x2a, (byte)(value.Length + 2), 0x0a, (byte)value.Length, .. value];
        Assert.Equal(expected, records[1]);
    }

    [Fact]
    public void Several_curves_have_a_folder_each()
    {
        SummaryWriter writer = utils.tensorboard.SummaryWriter(_folder);
        writer.add_scalars("return", new Dictionary<string, float> { ["before"] = 1, ["after"] = 2 }, 0);
        writer.add_scalars("return", [("before", 3f)], 1);

        Assert.Equal(["return_after", "return_before"], Directory.GetDirectories(_folder).Select(Path.GetFileName).Order());
        Assert.Equal(3, Read(File.ReadAllBytes(Directory.GetFiles(Path.Combine(_folder, "return_before"))[0])).Count);
    }

    private static List<byte[]> Read(byte[] file)
    {
        List<byte[]> records = [];
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] record = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(record), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(record);
            at += 16 + length;
        }
        return records;
    }

    // Castagnoli's polynomial bit by bit, so that the test shares nothing with what it tests.
    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = 0xffffffff;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
        }
        crc = ~crc;
        return (crc >> 15 | crc << 17) + 0xa282ead8;
    }
}
