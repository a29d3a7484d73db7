namespace MamlRobotics.Viewer;

/// <summary>
/// Colours by what they mean. Gradient steps go from grey over blue and teal to green, the goal is gold, and what is bad
/// is red. Colours whose hues look alike to some kinds of colour vision differ in luminance.
/// </summary>
public sealed record Theme(
    string Name, Colour Background, Colour Panel, Colour Edge, Colour Grid, Colour Text, Colour Muted,
    Colour Goal, Colour Untrained, Colour Shadow, IReadOnlyList<Colour> StepRamp, IReadOnlyList<Colour> Series)
{
    public static Theme Dark { get; } = new(
        "dark", Colour.Hex(0x0D1015), Colour.Hex(0x14181F), Colour.Hex(0x242B36), Colour.Hex(0x1E242D),
        Colour.Hex(0xE9EDF3), Colour.Hex(0x93A0B2),
        Colour.Hex(0xF0B42E), Colour.Hex(0xF6736A), new Colour(0, 0, 0, 110),
        [Colour.Hex(0x8290A5), Colour.Hex(0x5B8DEF), Colour.Hex(0x4CD9E0), Colour.Hex(0xB2F56E)],
        [
            Colour.Hex(0x5AA9FF), Colour.Hex(0xF08A3C), Colour.Hex(0x1FA57C), Colour.Hex(0xD98BD0),
            Colour.Hex(0xF0E442), Colour.Hex(0xB9C2CE),
        ]);

    public static Theme Light { get; } = new(
        "light", Colour.Hex(0xF2F4F8), Colour.Hex(0xFFFFFF), Colour.Hex(0xDDE2EA), Colour.Hex(0xEBEEF3),
        Colour.Hex(0x151A22), Colour.Hex(0x5C6878),
        Colour.Hex(0xA35C00), Colour.Hex(0xA81622), new Colour(40, 55, 80, 40),
        [Colour.Hex(0x7E90A8), Colour.Hex(0x3D6FE0), Colour.Hex(0x00706E), Colour.Hex(0x4A9E3A)],
        [
            Colour.Hex(0x0072B2), Colour.Hex(0xBA4600), Colour.Hex(0x009E73), Colour.Hex(0x833583),
            Colour.Hex(0xBF8800), Colour.Hex(0x2A2A2A),
        ]);

    public static Theme Of(string name) => name == Light.Name ? Light : Dark;

    // Five points of viridis (Smith and van der Walt 2015), which is perceptually even and safe for colour-blind eyes.
    private static readonly Colour[] Scale =
        [Colour.Hex(0x440154), Colour.Hex(0x3B528B), Colour.Hex(0x21918C), Colour.Hex(0x5EC962), Colour.Hex(0xFDE725)];

    /// <summary>Colour of the policy after <paramref name="step"/> of <paramref name="steps"/> gradient steps.</summary>
    public Colour Step(int step, int steps) => Along(StepRamp, steps == 0 ? 0 : (double)step / steps);

    /// <param name="share">0 for the lowest value, 1 for the highest</param>
    public static Colour Heat(double share) => Along(Scale, share);

    /// <summary>Where two policies are compared, this colour says that the one on the left is better.</summary>
    public Colour Left => Series[3];

    /// <summary>Where two policies are compared, this colour says that the one on the right is better.</summary>
    public Colour Right => Series[2];

    private static Colour Along(IReadOnlyList<Colour> ramp, double share)
    {
        double at = Math.Clamp(share, 0, 1) * (ramp.Count - 1);
        int from = Math.Min((int)at, ramp.Count - 2);
        return Colour.Mix(ramp[from], ramp[from + 1], at - from);
    }
}
