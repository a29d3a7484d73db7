using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>Draws for `maml render` and shows for `maml view` how a classifier adapts to an episode.</summary>
internal sealed record ClassificationView(string Path, Checkpoint Checkpoint, ClassificationConfig Config, torch.Device Device, int Threads)
{
    public long Seed { get; init; } = CheckpointEvaluation.DefaultSeed;

    /// <summary>The number of gradient steps where none is given. Learners that compare pictures take none.</summary>
    private int DefaultSteps => Adapts ? CheckpointEvaluation.DefaultSteps : 0;

    private bool Adapts => Config.Algorithm is not MetricRecipe;

    private string Title => $"few-shot classification · {Choices.Of(Config.Algorithm).Label}";

    /// <param name="number">The number of the episode, from 1</param>
    /// <param name="steps">The number of gradient steps; null for the usual one</param>
    /// <exception cref="InputException">The test data are not here, or gradient steps are asked of a learner without any.</exception>
    public void Render(int number, int? steps, PictureOrder picture)
    {
        if (steps > 0 && !Adapts)
            throw new InputException($"{Choices.Of(Config.Algorithm).Label} take no gradient steps: leave out --steps.");
        Episodes tasks = OpenEpisodes();
        using EpisodeAdapter adapter = Adapter(tasks);
        EpisodeAdaptation adaptation = adapter.Adapt(new(number, steps ?? DefaultSteps));
        EpisodePictureFile.Write(adaptation, Title, $"episode {number}: {Caption(tasks)}", picture);
    }

    /// <summary>Opens a window in which the user goes through episodes and draws characters.</summary>
    public void Show(int number, Theme theme)
    {
        Episodes tasks = OpenEpisodes();
        var problem = new EpisodeProblem(Title, Caption(tasks), Config.Ways, Adapts, Config.HasFixedClasses);
        try
        {
            using EpisodeAdapter adapter = Adapter(tasks);
            using var worker = new EpisodeWorker(adapter);
            var controls = new EpisodeControls(problem, theme, new(number, DefaultSteps), worker.Ask, worker.Take);
            using var window = new CanvasWindow(controls, $"{Path} – maml");
            window.Open();
            window.Run();
        }
        catch (PlatformNotSupportedException failure)
        {
            string picture = $"maml render {ShellWord.Quoted(Path)} --out episode.png";
            throw new PlatformNotSupportedException($"{failure.Message.TrimEnd('.')}. Without a display, draw a picture: {picture}");
        }
    }

    private Episodes OpenEpisodes() => !Config.ShowsSequences ? Config.EpisodesOf(ImageSets.Open(Config.TestData, Config.Side))
        : throw new InputException(
            $"{Path} sees the pictures of a class one by one, so it has no support and no query to show; see its accuracies by maml eval.");

    private EpisodeAdapter Adapter(Episodes tasks) => new(Checkpoint, Config, tasks, Seed, Device, Threads);

    private string Caption(Episodes tasks)
    {
        string shots = tasks.Shots == 1 ? "1 shot" : $"{tasks.Shots} shots";
        return $"{tasks.Ways} ways, {shots} of {tasks.Data.Name} · {Path}, iteration {Checkpoint.Iteration}";
    }
}
