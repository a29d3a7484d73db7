namespace MamlRobotics.Viewer;

/// <summary>Places labels one above the other, each as near to what it names as the others allow.</summary>
internal static class LabelColumn
{
    /// <param name="anchors">Where the labels would like to be, not decreasing</param>
    /// <param name="gap">The least distance between neighbours</param>
    /// <returns>
    /// Positions in the same order within the bounds, the nearest in the sense of least squares; where the bounds are too
    /// near for all, the last ones are beyond
    /// </returns>
    public static float[] Place(IReadOnlyList<float> anchors, float gap, float low, float high)
    {
        // Less i gaps, "at least a gap apart" means "not decreasing": isotonic regression, by pooling adjacent violators.
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
        return [.. pools.SelectMany(pool => Enumerable.Repeat(Math.Clamp(pool.Sum / pool.Count, low, room), pool.Count)).Select((place, i) => place + i * gap)];
    }
}
