namespace MamlRobotics.Viewer;

/// <summary>A colour as the GPU reads it: four bytes, not premultiplied.</summary>
public readonly record struct Colour(byte R, byte G, byte B, byte A = 255)
{
    public static Colour Clear => default;

    /// <param name="rgb">0xRRGGBB</param>
    public static Colour Hex(uint rgb) => new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);

    /// <param name="opacity">0 to 1, of the present opacity</param>
    public Colour Fade(double opacity) => this with { A = (byte)Math.Round(A * Math.Clamp(opacity, 0, 1)) };

    public static Colour Mix(Colour from, Colour to, double share) => new(
        Between(from.R, to.R, share), Between(from.G, to.G, share), Between(from.B, to.B, share), Between(from.A, to.A, share));

    /// <summary>Relative luminance, 0 to 1 (WCAG 2.1).</summary>
    public double Luminance => 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);

    /// <summary>Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.1).</summary>
    public static double Contrast(Colour one, Colour other)
    {
        (double low, double high) = (Math.Min(one.Luminance, other.Luminance), Math.Max(one.Luminance, other.Luminance));
        return (high + 0.05) / (low + 0.05);
    }

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + (to - from) * Math.Clamp(share, 0, 1));

    private static double Linear(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
