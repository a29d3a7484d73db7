using System.Buffers.Binary;
using Tensorboard;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// The event files of a run for TensorBoard. They are in TensorFlow's record format: the length of a message as 8 bytes, a checksum
/// of 4 bytes, the message, and a checksum of 4 bytes.
/// </summary>
internal static class EventFiles
{
    private const int LengthSize = sizeof(ulong), ChecksumSize = sizeof(uint);

    /// <summary>
    /// Removes the events after an iteration from the files of a folder, because a resumed run writes them again. TensorBoard would
    /// draw events that are there twice as a curve that goes back.
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

    /// <returns>The next message; null at the end of the file, and where a killed program has left a part of a record</returns>
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
