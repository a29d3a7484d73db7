namespace MamlRobotics.MetaLearning;

/// <summary>Some of the tasks of an iteration, as views of its batches.</summary>
/// <param name="First">The index of the first task among all tasks</param>
/// <param name="Batches">The K support batches and the query batch of these tasks</param>
public sealed record TaskPart<TSamples>(long First, IReadOnlyList<TSamples> Batches) where TSamples : ITaskSamples<TSamples>
{
    public long Count => Batches[0].TaskCount;

    /// <summary>
    /// Splits all tasks, in order, into parts of about the same size. A part has about <paramref name="samples"/> samples in a
    /// batch and at least one task, and there are at least <paramref name="least"/> parts. The split does not depend on the number
    /// of threads, because sums are taken part by part.
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
