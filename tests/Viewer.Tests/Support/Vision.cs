using System.Numerics;

namespace MamlRobotics.Viewer.Tests;

/// <summary>
/// How colours look to an eye that lacks one kind of cone, or none. Machado, Oliveira and Fernandes 2009, "A
/// Physiologically-based Model for Simulation of Color Vision Deficiency", table of severity 1; distances are CIE 1976.
/// </summary>
/// <param name="Red">Linear red as a sum of linear red, green and blue; likewise the others</param>
internal sealed record Vision(string Name, Vector3 Red, Vector3 Green, Vector3 Blue)
{
    public static readonly IReadOnlyList<Vision> All =
    [
        new("normal", Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ),
        new(
            "protanopia", new(0.152286f, 1.052583f, -0.204868f),
            new(0.114503f, 0.786281f, 0.099216f), new(-0.003882f, -0.048116f, 1.051998f)),
        new(
            "deuteranopia", new(0.367322f, 0.860646f, -0.227968f),
            new(0.280085f, 0.672501f, 0.047413f), new(-0.011820f, 0.042940f, 0.968881f)),
        new(
            "tritanopia", new(1.255528f, -0.076749f, -0.178779f),
            new(-0.078411f, 0.930809f, 0.147602f), new(0.004733f, 0.691367f, 0.303900f)),
    ];

    public double Distance(Colour one, Colour other) => Vector3.Distance(Lab(one), Lab(other));

    /// <summary>CIE L*a*b* of what is seen, under D65.</summary>
    private Vector3 Lab(Colour colour)
    {
        Vector3 there = new(Linear(colour.R), Linear(colour.G), Linear(colour.B));
        var sum = new Vector3(Vector3.Dot(Red, there), Vector3.Dot(Green, there), Vector3.Dot(Blue, there));
        Vector3 seen = Vector3.Clamp(sum, Vector3.Zero, Vector3.One);
        float x = Root(Vector3.Dot(seen, new(0.4124564f, 0.3575761f, 0.1804375f)) / 0.95047f);
        float y = Root(Vector3.Dot(seen, new(0.2126729f, 0.7151522f, 0.0721750f)));
        float z = Root(Vector3.Dot(seen, new(0.0193339f, 0.1191920f, 0.9503041f)) / 1.08883f);
        return new(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    private static float Linear(byte channel)
    {
        float value = channel / 255f;
        return value <= 0.04045f ? value / 12.92f : MathF.Pow((value + 0.055f) / 1.055f, 2.4f);
    }

    private static float Root(float value) => value > 216f / 24389 ? MathF.Cbrt(value) : (24389f / 27 * value + 16) / 116;
}
