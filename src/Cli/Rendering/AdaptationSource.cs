using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Rendering;

/// <summary>A checkpoint's policy, and the test task of its family that it adapts to.</summary>
/// <param name="Task">Number of the test task, from 1</param>
internal sealed record AdaptationSource(
    string Path, Checkpoint Checkpoint, int Task, int Steps, int Trajectories, RandomStream Stream, torch.Device Device, int Threads)
{
    private const int MapTrajectories = 20;

    /// <exception cref="InputException">There is no such checkpoint or task.</exception>
    public static AdaptationSource Of(string path, int task, int steps, int trajectories, long seed, torch.Device device, int threads)
    {
        Checkpoint checkpoint = Checkpoint.Read(path);
        string family = checkpoint.PolicyConfig().Environment;
        int tasks = TaskFamilies.ByName[family].TestTasks.Count;
        if (task > tasks) throw new InputException($"{family} has {tasks} test tasks, so there is no task {task}.");
        return new(path, checkpoint, task, steps, trajectories, RandomStream.FromSeed(seed), device, threads);
    }

    /// <summary>Lets the policy adapt, and fills in the whole map of returns.</summary>
    public Replay Sample()
    {
        using var sampler = new ReplaySampler(Checkpoint, Device, Threads);
        TaskBatch task = sampler.Family.TestTasks.Slice(Task - 1, 1);
        ReturnMap map = sampler.EmptyMap();
        sampler.Fill(map, task, Steps, MapTrajectories, Stream, stop: () => false);
        ReplayTitle title = sampler.Title(Path, ReplaySampler.TestTask, Task, sampler.Family.TestTasks.Count);
        return sampler.Sample(title, task, Steps, Trajectories, Stream.Stream("task", Task), map);
    }
}
