// Scalars for TensorBoard: event files with hand-written protocol buffers, since three fields need no package.
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class tensorboard
            {
                public static Modules.SummaryWriter SummaryWriter(string? log_dir = null, string? filename_suffix = null, bool createRunName = false) =>
                    new(string.IsNullOrEmpty(log_dir) ? RunIn("runs") : createRunName ? RunIn(log_dir) : log_dir, filename_suffix);

                private static string RunIn(string folder) =>
                    Path.Combine(folder, DateTime.Now.ToString("MMMd_H-m-s", CultureInfo.InvariantCulture) + "_" + Dns.GetHostName());
            }
        }
    }
}

namespace TorchSharp.Modules
{
    public class SummaryWriter
    {
        private static int s_files;

        private readonly string? _suffix;
        private readonly string _file;
        private readonly Dictionary<string, string> _filesByKey = [];

        internal SummaryWriter(string log_dir, string? suffix)
        {
            LogDir = log_dir;
            _suffix = suffix;
            _file = Start(log_dir);
        }

        public string LogDir { get; }

        /// <param name="walltime">Seconds since 1970; now, if missing.</param>
        public void add_scalar(string tag, float scalar_value, int global_step, long? walltime = null) =>
            Append(_file, EventRecord.Scalar(tag, scalar_value, global_step, Seconds(walltime)));

        /// <summary>Several curves under one tag, each in a folder of its own as TensorBoard wants them.</summary>
        public void add_scalars(string main_tag, IDictionary<string, float> tag_scalar_dict, int global_step, long? walltime = null)
        {
            foreach ((string key, float value) in tag_scalar_dict) AddCurve(main_tag, key, value, global_step, walltime);
        }

        public void add_scalars(string main_tag, IList<(string, float)> tag_scalar_dict, int global_step, long? walltime = null)
        {
            foreach ((string key, float value) in tag_scalar_dict) AddCurve(main_tag, key, value, global_step, walltime);
        }

        private void AddCurve(string mainTag, string key, float value, int step, long? walltime)
        {
            if (!_filesByKey.TryGetValue(key, out string? file))
            {
                _filesByKey[key] = file = Start(Path.Combine(LogDir, $"{mainTag}_{key}"));
            }
            Append(file, EventRecord.Scalar(mainTag, value, step, Seconds(walltime)));
        }

        private string Start(string folder)
        {
            Directory.CreateDirectory(folder);
            string name = $"events.out.tfevents.{DateTime.Now.Ticks}.{Dns.GetHostName()}.{Environment.ProcessId}.{Interlocked.Increment(ref s_files)}";
            string file = Path.Combine(folder, string.IsNullOrEmpty(_suffix) ? name : $"{name}.{_suffix}");
            Append(file, EventRecord.Header(Seconds(null)));
            return file;
        }

        // Opened and closed for each record, so that a reader of a running experiment sees all of them.
        private static void Append(string file, byte[] record)
        {
            using FileStream stream = new(file, FileMode.Append, FileAccess.Write, FileShare.Read);
            stream.Write(record);
        }

        private static double Seconds(long? walltime) => walltime ?? DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    /// <summary>TensorFlow's record format: length, its checksum, an Event message, its checksum.</summary>
    internal static class EventRecord
    {
        private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

        internal static byte[] Header(double seconds) =>
            Framed([.. Wall(seconds), .. Field(3, "brain.Event:2"u8)]);

        internal static byte[] Scalar(string tag, float value, int step, double seconds)
        {
            byte[] point = [.. Field(1, Encoding.UTF8.GetBytes(tag)), Key(2, Fixed32), .. Little(BitConverter.SingleToUInt32Bits(value))];
            return Framed([.. Wall(seconds), Key(2, Varint), .. Number((ulong)step), .. Field(5, Field(1, point))]);
        }

        private static byte[] Framed(byte[] message)
        {
            byte[] length = Little((ulong)message.Length);
            return [.. length, .. Little(Masked(length)), .. message, .. Little(Masked(message))];
        }

        private static byte[] Wall(double seconds) => [Key(1, Fixed64), .. Little(BitConverter.DoubleToUInt64Bits(seconds))];

        private static byte[] Field(int number, ReadOnlySpan<byte> content) => [Key(number, Bytes), .. Number((ulong)content.Length), .. content];

        private static byte Key(int field, int wireType) => (byte)(field << 3 | wireType);

        private static byte[] Number(ulong value)
        {
            List<byte> bytes = [];
            for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
            bytes.Add((byte)value);
            return [.. bytes];
        }

        private static byte[] Little(uint value)
        {
            var bytes = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            return bytes;
        }

        private static byte[] Little(ulong value)
        {
            var bytes = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            return bytes;
        }

        // The format masks checksums so that a checksum of data that holds checksums stays sound.
        private static uint Masked(ReadOnlySpan<byte> data)
        {
            uint crc = uint.MaxValue;
            foreach (byte value in data) crc = BitOperations.Crc32C(crc, value);
            return BitOperations.RotateRight(~crc, 15) + 0xa282ead8u;
        }
    }
}
