using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// The colours of a GIF, chosen by median cut among the colours of some frames. A colour's weight is the root of its
/// frequency, so that thin bright lines keep their colours beside large dark areas. Colours are distinguished by the upper
/// bits of each channel but averaged exactly, so that a large even area keeps its colour.
/// </summary>
internal sealed class Palette
{
    private const int Bits = 6, Drop = 8 - Bits, Unknown = -1;

    private readonly int[] nearest = new int[1 << (3 * Bits)];

    public Palette(IEnumerable<Bitmap> frames, int size)
    {
        var sums = new Sum[nearest.Length];
        foreach (Bitmap frame in frames)
            for (int i = 0; i < frame.Pixels.Length; i += 3) sums[Key(frame.Pixels.AsSpan(i))].Add(frame.Pixels.AsSpan(i));
        Entry[] entries = [.. sums.Where(sum => sum.Count > 0).Select(sum => new Entry(sum.Mean, Math.Sqrt(sum.Count)))];
        Colours = [.. Cut(entries, size).Select(Mean)];
        for (int key = 0; key < nearest.Length; key++) nearest[key] = sums[key].Count > 0 ? Search(sums[key].Mean) : Unknown;
    }

    public IReadOnlyList<Colour> Colours { get; }

    /// <summary>Index of the colour that is nearest to a pixel, or to the first pixel with the same upper bits.</summary>
    public byte IndexOf(ReadOnlySpan<byte> pixel)
    {
        int key = Key(pixel);
        if (nearest[key] == Unknown) nearest[key] = Search(new(pixel[0], pixel[1], pixel[2]));
        return (byte)nearest[key];
    }

    /// <summary>Sum of all pixels with one key.</summary>
    private struct Sum
    {
        private long r, g, b;

        public long Count { get; private set; }

        public readonly Vector3 Mean => new((float)r / Count, (float)g / Count, (float)b / Count);

        public void Add(ReadOnlySpan<byte> pixel) => (Count, r, g, b) = (Count + 1, r + pixel[0], g + pixel[1], b + pixel[2]);
    }

    private readonly record struct Entry(Vector3 Colour, double Weight);

    private static int Key(ReadOnlySpan<byte> pixel) => (pixel[0] >> Drop << (2 * Bits)) | (pixel[1] >> Drop << Bits) | (pixel[2] >> Drop);

    private static List<Entry[]> Cut(Entry[] all, int size)
    {
        var boxes = new List<Entry[]> { all };
        while (boxes.Count < size)
        {
            Entry[]? widest = boxes.Where(box => box.Length > 1).MaxBy(box => Spread(box).Error);
            if (widest is null) break;
            boxes.Remove(widest);
            int channel = Spread(widest).Channel;
            Array.Sort(widest, (one, other) => one.Colour[channel].CompareTo(other.Colour[channel]));
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
            double mean = box.Sum(entry => entry.Weight * entry.Colour[channel]) / weight;
            return (Channel: channel, Error: box.Sum(entry => entry.Weight * Math.Pow(entry.Colour[channel] - mean, 2)));
        }).MaxBy(entry => entry.Error);
    }

    private static Colour Mean(Entry[] box)
    {
        double weight = box.Sum(entry => entry.Weight);
        byte Of(int channel) => (byte)Math.Round(box.Sum(entry => entry.Weight * entry.Colour[channel]) / weight);
        return new Colour(Of(0), Of(1), Of(2));
    }

    private int Search(Vector3 colour)
    {
        (int best, float least) = (0, float.MaxValue);
        for (int i = 0; i < Colours.Count; i++)
        {
            float r = Colours[i].R - colour.X, g = Colours[i].G - colour.Y, b = Colours[i].B - colour.Z;
            float distance = 2 * r * r + 4 * g * g + 3 * b * b;
            if (distance < least) (best, least) = (i, distance);
        }
        return best;
    }
}
