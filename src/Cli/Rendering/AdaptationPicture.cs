using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Rendering;

/// <summary>Pictures and films of a checkpoint's policy adapting to one of its family's test tasks.</summary>
/// <param name="Task">From 1</param>
internal sealed record AdaptationPicture(string Checkpoint, int Task, int Steps, int Trajectories, RandomStream Stream, torch.Device Device, int Threads)
{
    public const int FramesPerSecond = 25;

    private const int MapTrajectories = 20;

    /// <param name="files">What each is written as follows from its name</param>
    /// <exception cref="InputException">There is no such task.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine cannot draw.</exception>
    public void Write(IReadOnlyList<string> files, int width, int height, Theme theme, double seconds)
    {
        Checkpoint checkpoint = MetaRL.Checkpoint.Read(Checkpoint);
        TaskBatch tasks = TaskFamily.ByName[checkpoint.Config.Environment].TestTasks;
        if (Task > tasks.Count) throw new InputException($"{checkpoint.Config.Environment} has {tasks.Count} test tasks, so there is no task {Task}.");
        // First, because it is what may be missing, and sampling takes a while.
        using var studio = new PictureStudio(HeadlessContext.Create(), width, height);
        Replay replay = Sample(checkpoint, tasks);
        var screen = new ReplayScreen(replay, theme, studio.Size.Width, studio.Size.Height);
        foreach (string file in files) PictureFile.Write(file, studio.Film(screen, seconds, FramesPerSecond));
    }

    private Replay Sample(Checkpoint checkpoint, TaskBatch tasks)
    {
        using var sampler = new ReplaySampler(checkpoint, Device, Threads);
        TaskBatch task = tasks.Slice(Task - 1, 1);
        ReturnMap map = sampler.EmptyMap();
        sampler.Fill(map, task, Steps, MapTrajectories, Stream, stop: () => false);
        return sampler.Sample(sampler.Title(Checkpoint, ReplaySampler.TestTask, Task, tasks.Count), task, Steps, Trajectories, Stream.Stream("task", Task), map);
    }
}
