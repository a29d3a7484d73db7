namespace MamlRobotics.MetaRL;

/// <summary>Some of an iteration's tasks: views of its batches.</summary>
/// <param name="First">Index of the first task among all</param>
/// <param name="Batches">Their K support batches and query batch</param>
public sealed record TaskPart(long First, IReadOnlyList<SampleBatch> Batches)
{
    public long Count => Batches[0].TaskCount;

    /// <summary>All tasks, in order, as many together as have <paramref name="samples"/> samples in a batch; at least one.</summary>
    public static TaskPart[] Split(IReadOnlyList<SampleBatch> batches, long samples)
    {
        long tasks = batches[0].TaskCount, longest = batches.Max(batch => batch.SampleCount);
        long together = Math.Clamp(samples / longest, 1, tasks);
        var parts = new List<TaskPart>();
        for (long first = 0; first < tasks; first += together)
            parts.Add(new TaskPart(first, [.. batches.Select(batch => batch.Tasks(first, Math.Min(together, tasks - first)))]));
        return [.. parts];
    }
}
