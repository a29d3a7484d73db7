namespace MamlRobotics.Viewer;

/// <summary>Places labels in a column, each as near to the line that it names as the other labels allow.</summary>
internal static class LabelColumn
{
    /// <param name="anchors">The best positions of the labels, not decreasing</param>
    /// <param name="gap">The least distance between neighbours</param>
    /// <returns>
    /// Positions in the same order within the bounds, which are nearest to the best ones by least squares. Where the bounds
    /// have too little room for all labels, the last ones are beyond.
    /// </returns>
    public static float[] Place(IReadOnlyList<float> anchors, float gap, float low, float high)
    {
        // Once i gaps are subtracted from the i-th position, positions that are a gap apart are positions that do not decrease.
        // So this is isotonic regression, which is solved by pooling adjacent violators.
        var pools = new List<(float Sum, int Count)>();
        for (int i = 0; i < anchors.Count; i++)
        {
            pools.Add((anchors[i] - i * gap, 1));
            while (pools.Count > 1 && pools[^1].Sum / pools[^1].Count < pools[^2].Sum / pools[^2].Count)
            {
                pools[^2] = (pools[^2].Sum + pools[^1].Sum, pools[^2].Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
        }
        float room = Math.Max(low, high - (anchors.Count - 1) * gap);
        IEnumerable<float> places = pools.SelectMany(pool => Enumerable.Repeat(Math.Clamp(pool.Sum / pool.Count, low, room), pool.Count));
        return [.. places.Select((place, i) => place + i * gap)];
    }
}
