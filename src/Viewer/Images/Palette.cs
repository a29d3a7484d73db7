namespace MamlRobotics.Viewer;

/// <summary>
/// The colours of a GIF: median cut over the colours of some frames, weighted by the root of their frequency, so that
/// thin bright lines keep theirs beside large dark areas. Colours are told apart by the upper bits of each channel.
/// </summary>
internal sealed class Palette
{
    private const int Bits = 6, Drop = 8 - Bits, Unknown = -1;

    private readonly int[] nearest = new int[1 << (3 * Bits)];

    public Palette(IEnumerable<Bitmap> frames, int size)
    {
        var counts = new int[nearest.Length];
        foreach (Bitmap frame in frames)
            for (int i = 0; i < frame.Pixels.Length; i += 3) counts[Key(frame.Pixels.AsSpan(i))]++;
        Array.Fill(nearest, Unknown);
        Colours = [.. Cut([.. counts.Index().Where(entry => entry.Item > 0).Select(entry => new Entry(entry.Index, Math.Sqrt(entry.Item)))], size).Select(Mean)];
    }

    public IReadOnlyList<Colour> Colours { get; }

    /// <summary>Index of the colour that is nearest to a pixel.</summary>
    public byte IndexOf(ReadOnlySpan<byte> pixel)
    {
        int key = Key(pixel);
        if (nearest[key] == Unknown) nearest[key] = Search(key);
        return (byte)nearest[key];
    }

    private readonly record struct Entry(int Key, double Weight)
    {
        public int Channel(int channel) => Palette.Channel(Key, channel);
    }

    private static int Key(ReadOnlySpan<byte> pixel) => (pixel[0] >> Drop << (2 * Bits)) | (pixel[1] >> Drop << Bits) | (pixel[2] >> Drop);

    // The channel at the middle of the bits that were dropped.
    private static int Channel(int key, int channel)
    {
        int upper = key >> (Bits * (2 - channel)) & ((1 << Bits) - 1);
        return (upper << Drop) | (upper >> (Bits - Drop));
    }

    private static List<Entry[]> Cut(Entry[] all, int size)
    {
        var boxes = new List<Entry[]> { all };
        while (boxes.Count < size)
        {
            Entry[]? widest = boxes.Where(box => box.Length > 1).MaxBy(box => Spread(box).Error);
            if (widest is null) break;
            boxes.Remove(widest);
            int channel = Spread(widest).Channel;
            Array.Sort(widest, (one, other) => one.Channel(channel).CompareTo(other.Channel(channel)));
            double half = widest.Sum(entry => entry.Weight) / 2, sum = 0;
            int cut = 0;
            while (cut < widest.Length - 1 && sum < half) sum += widest[cut++].Weight;
            boxes.Add(widest[..Math.Max(cut, 1)]);
            boxes.Add(widest[Math.Max(cut, 1)..]);
        }
        return boxes;
    }

    /// <summary>The channel in which a box varies most, and how much.</summary>
    private static (int Channel, double Error) Spread(Entry[] box)
    {
        double weight = box.Sum(entry => entry.Weight);
        return Enumerable.Range(0, 3).Select(channel =>
        {
            double mean = box.Sum(entry => entry.Weight * entry.Channel(channel)) / weight;
            return (Channel: channel, Error: box.Sum(entry => entry.Weight * Math.Pow(entry.Channel(channel) - mean, 2)));
        }).MaxBy(entry => entry.Error);
    }

    private static Colour Mean(Entry[] box)
    {
        double weight = box.Sum(entry => entry.Weight);
        byte Of(int channel) => (byte)Math.Round(box.Sum(entry => entry.Weight * entry.Channel(channel)) / weight);
        return new Colour(Of(0), Of(1), Of(2));
    }

    private int Search(int key)
    {
        (int best, int least) = (0, int.MaxValue);
        for (int i = 0; i < Colours.Count; i++)
        {
            int r = Colours[i].R - Channel(key, 0), g = Colours[i].G - Channel(key, 1), b = Colours[i].B - Channel(key, 2);
            int distance = 2 * r * r + 4 * g * g + 3 * b * b;
            if (distance < least) (best, least) = (i, distance);
        }
        return best;
    }
}
