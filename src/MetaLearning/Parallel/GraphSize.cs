namespace MamlRobotics.MetaLearning;

/// <summary>Estimates the memory of the graph of a gradient.</summary>
internal static class GraphSize
{
    /// <summary>About how many bytes one sample of a batch takes in the graph.</summary>
    /// <param name="units">The number of units of all layers except the input</param>
    public static long BytesPerSample(long units, long elementSize)
    {
        // For every unit: its activation, the gradients before and after its nonlinearity, and what the nonlinearity saves.
        const int Kept = 4;
        return Kept * units * elementSize;
    }
}
