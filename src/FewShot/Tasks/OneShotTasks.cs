namespace MamlRobotics.FewShot;

/// <summary>The runs of a one-shot test as tasks: a class for each training picture.</summary>
public static class OneShotTasks
{
    /// <param name="runs">Runs with the same number of pictures</param>
    public static (ImageSamples Support, ImageSamples Query) Of(IReadOnlyList<OneShotRun> runs, Device device)
    {
        int ways = runs[0].Training.Count;
        ImageSamples support = Samples(runs.Select(run => run.Training), runs.SelectMany(_ => Enumerable.Range(0, ways)), ways, device);
        ImageSamples query = Samples(runs.Select(run => run.Test), runs.SelectMany(run => run.Answers), ways, device);
        return (support, query with { Support = support });
    }

    private static ImageSamples Samples(IEnumerable<IReadOnlyList<float[]>> pictures, IEnumerable<int> classes, int ways, Device device)
    {
        IReadOnlyList<float[]>[] tasks = [.. pictures];
        (int count, int pixels) = (tasks[0].Count, tasks[0][0].Length);
        float[] flat = [.. tasks.SelectMany(task => task).SelectMany(picture => picture)];
        long[] answers = [.. classes.Select(one => (long)one)];
        Tensor targets = nn.functional.one_hot(answers.CopyToTensor([tasks.Length, count]), ways).to(float32, device);
        return new ImageSamples(flat.CopyToTensor([tasks.Length, count, pixels], device), targets);
    }
}
