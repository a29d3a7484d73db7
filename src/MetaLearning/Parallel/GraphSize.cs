namespace MamlRobotics.MetaLearning;

/// <summary>Memory of the graph of a gradient.</summary>
internal static class GraphSize
{
    /// <summary>What one sample of a batch leaves in it, about.</summary>
    /// <param name="units">Of all layers but the input</param>
    public static long BytesPerSample(long units, long elementSize)
    {
        // For every unit: its activation, the gradient before and behind its nonlinearity, and what that saves.
        const int Kept = 4;
        return Kept * units * elementSize;
    }
}
