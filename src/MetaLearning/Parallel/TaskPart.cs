namespace MamlRobotics.MetaLearning;

/// <summary>Some of an iteration's tasks: views of its batches.</summary>
/// <param name="First">Index of the first task among all</param>
/// <param name="Batches">Their K support batches and query batch</param>
public sealed record TaskPart<TSamples>(long First, IReadOnlyList<TSamples> Batches) where TSamples : ITaskSamples<TSamples>
{
    public long Count => Batches[0].TaskCount;

    /// <summary>
    /// All tasks, in order, in parts of about one size: as many together as have <paramref name="samples"/> samples in a
    /// batch, but at least <paramref name="least"/> parts and at least a task in each. Threads have no say in it, for sums
    /// are taken by part.
    /// </summary>
    public static TaskPart<TSamples>[] Split(IReadOnlyList<TSamples> batches, long samples, int least)
    {
        long tasks = batches[0].TaskCount, longest = batches.Max(batch => batch.SampleCount);
        long affordable = Math.Max(1, samples / longest);
        long count = Math.Clamp((tasks + affordable - 1) / affordable, Math.Clamp(least, 1, tasks), tasks);
        return [.. Enumerable.Range(0, (int)count).Select(Part)];

        TaskPart<TSamples> Part(int index)
        {
            long first = index * tasks / count, next = (index + 1) * tasks / count;
            return new(first, [.. batches.Select(batch => batch.Tasks(first, next - first))]);
        }
    }
}
