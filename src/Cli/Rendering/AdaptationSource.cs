using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Rendering;

/// <summary>A checkpoint's policy and the test task of its family that it is to adapt to.</summary>
/// <param name="Task">From 1</param>
internal sealed record AdaptationSource(string Path, Checkpoint Checkpoint, int Task, int Steps, int Trajectories, RandomStream Stream, torch.Device Device, int Threads)
{
    private const int MapTrajectories = 20;

    /// <exception cref="InputException">There is no such checkpoint or task.</exception>
    public static AdaptationSource Of(string path, int task, int steps, int trajectories, long seed, torch.Device device, int threads)
    {
        Checkpoint checkpoint = Checkpoint.Read(path);
        int tasks = TaskFamilies.ByName[checkpoint.PolicyConfig().Environment].TestTasks.Count;
        return task <= tasks ? new(path, checkpoint, task, steps, trajectories, RandomStream.FromSeed(seed), device, threads)
            : throw new InputException($"{checkpoint.PolicyConfig().Environment} has {tasks} test tasks, so there is no task {task}.");
    }

    /// <summary>Lets the policy adapt, with a full map of returns.</summary>
    public Replay Sample()
    {
        using var sampler = new ReplaySampler(Checkpoint, Device, Threads);
        TaskBatch task = sampler.Family.TestTasks.Slice(Task - 1, 1);
        ReturnMap map = sampler.EmptyMap();
        sampler.Fill(map, task, Steps, MapTrajectories, Stream, stop: () => false);
        return sampler.Sample(
            sampler.Title(Path, ReplaySampler.TestTask, Task, sampler.Family.TestTasks.Count), task, Steps, Trajectories, Stream.Stream("task", Task), map);
    }
}
