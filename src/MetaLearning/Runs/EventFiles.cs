using System.Buffers.Binary;
using Tensorboard;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// A run's event files for TensorBoard, as TensorFlow's record format has them: the length of a message as 8 bytes, a checksum of
/// 4, the message, and a checksum of 4.
/// </summary>
internal static class EventFiles
{
    private const int LengthSize = sizeof(ulong), ChecksumSize = sizeof(uint);

    /// <summary>
    /// Cuts from the files of a folder what is beyond an iteration, which a resumed run repeats: TensorBoard shows whatever is
    /// there twice as a curve that goes back.
    /// </summary>
    public static void Cut(string folder, int iteration)
    {
        foreach (string path in Directory.GetFiles(folder, "events.out.tfevents.*"))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
            long kept = 0;
            while (Next(file) is { } message && Event.Parser.ParseFrom(message).Step <= iteration) kept = file.Position;
            file.SetLength(kept);
        }
    }

    /// <returns>Null at the end, also where a killed program has left a part of a record</returns>
    private static byte[]? Next(FileStream file)
    {
        Span<byte> start = stackalloc byte[LengthSize + ChecksumSize];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length) return null;
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > (ulong)(file.Length - file.Position)) return null;
        var message = new byte[length];
        file.ReadExactly(message);
        return file.Seek(ChecksumSize, SeekOrigin.Current) <= file.Length ? message : null;
    }
}
