namespace MamlRobotics.Viewer;

/// <summary>The LZW code stream of a GIF frame, in blocks of at most 255 bytes.</summary>
internal static class GifCompression
{
    private const int SymbolBits = 8, Clear = 1 << SymbolBits, End = Clear + 1, MaximumCodes = 4096;

    public static void Write(Stream stream, ReadOnlySpan<byte> indices)
    {
        stream.WriteByte(SymbolBits);
        var bits = new BitBlocks(stream);
        // Code of (prefix, next symbol); a sequence's code is found by its prefix's code.
        var codes = new Dictionary<int, int>(MaximumCodes);
        int size = SymbolBits + 1, next = End + 1, prefix = indices[0];
        bits.Add(Clear, size);
        foreach (byte symbol in indices[1..])
        {
            int key = prefix << SymbolBits | symbol;
            if (codes.TryGetValue(key, out int longer))
            {
                prefix = longer;
                continue;
            }
            bits.Add(prefix, size);
            if (next == MaximumCodes)
            {
                bits.Add(Clear, size);
                codes.Clear();
                (size, next) = (SymbolBits + 1, End + 1);
            }
            else
            {
                // The reader is one code behind, so the size grows only after the code that needs it was added.
                if (next == 1 << size) size++;
                codes[key] = next++;
            }
            prefix = symbol;
        }
        bits.Add(prefix, size);
        if (next == 1 << size && size < 12) size++;
        bits.Add(End, size);
        bits.Finish();
    }

    private sealed class BitBlocks(Stream stream)
    {
        private readonly byte[] block = new byte[byte.MaxValue];
        private int buffered, filled;
        private uint pending;

        public void Add(int code, int size)
        {
            pending |= (uint)code << buffered;
            for (buffered += size; buffered >= 8; buffered -= 8, pending >>= 8) AddByte((byte)pending);
        }

        public void Finish()
        {
            if (buffered > 0) AddByte((byte)pending);
            Flush();
            stream.WriteByte(0);
        }

        private void AddByte(byte value)
        {
            block[filled++] = value;
            if (filled == block.Length) Flush();
        }

        private void Flush()
        {
            if (filled == 0) return;
            stream.WriteByte((byte)filled);
            stream.Write(block, 0, filled);
            filled = 0;
        }
    }
}
