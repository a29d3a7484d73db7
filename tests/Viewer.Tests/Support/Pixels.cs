namespace MamlRobotics.Viewer.Tests;

/// <summary>What a pixel should look like, as far as drivers agree.</summary>
internal static class Pixels
{
    /// <param name="tolerance">Of the three channels' differences together</param>
    public static void AssertNear(Colour expected, Colour actual, int tolerance)
    {
        int distance = Math.Abs(expected.R - actual.R) + Math.Abs(expected.G - actual.G) + Math.Abs(expected.B - actual.B);
        Assert.True(distance <= tolerance, $"expected about {expected}, found {actual}");
    }
}
