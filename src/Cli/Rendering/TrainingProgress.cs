using System.Diagnostics;
using System.Globalization;
using MamlRobotics.MetaRL;
using Spectre.Console;

namespace MamlRobotics.Cli.Rendering;

/// <summary>Shows a training while it runs: one live line with the time left on a terminal, plain lines elsewhere.</summary>
internal static class TrainingProgress
{
    private const string Stopping = "stopping after this iteration; press Ctrl-C again to quit at once";

    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    /// <summary>Trains until the last iteration, or until the end of the iteration in which <paramref name="stop"/> is requested.</summary>
    public static void Run(TrainingRun run, CancellationToken stop)
    {
        // What several processes print goes to the terminal by way of another program.
        if (Console.IsOutputRedirected || LaunchedGroup.IsLaunched) RunWithPlainLines(run, stop);
        else RunWithLiveLine(run, stop);
    }

    private static void RunWithLiveLine(TrainingRun run, CancellationToken stop) => AnsiConsole.Progress()
        .HideCompleted(false)
        .Columns(
            new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(),
            new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context =>
        {
            ProgressTask task = context.AddTask("first iteration", maxValue: run.Config.Iterations);
            task.Value = run.Iteration;
            using CancellationTokenRegistration onStop = stop.Register(() => task.Description = Stopping);
            RunAndShow(run, stop, (report, left, returns) =>
            {
                task.Value = report.Iteration;
                if (!stop.IsCancellationRequested) task.Description = Markup.Escape($"{Duration(left)} left  {returns}");
            });
        });

    private static void RunWithPlainLines(TrainingRun run, CancellationToken stop)
    {
        var sinceLastLine = Stopwatch.StartNew();
        using CancellationTokenRegistration onStop = stop.Register(() => Console.WriteLine(Stopping));
        RunAndShow(run, stop, (report, left, returns) =>
        {
            bool isLast = report.Iteration == run.Config.Iterations;
            if (!isLast && sinceLastLine.Elapsed < PlainInterval) return;
            sinceLastLine.Restart();
            Console.WriteLine($"iteration {report.Iteration}/{run.Config.Iterations}  {Duration(left)} left  {returns}");
        });
    }

    /// <param name="show">Shows an iteration's report, the time left, and the latest returns as text</param>
    private static void RunAndShow(TrainingRun run, CancellationToken stop, Action<IterationReport, TimeSpan, string> show)
    {
        int first = run.Iteration;
        var clock = Stopwatch.StartNew();
        string validation = "";
        run.Run(report =>
        {
            if (report.Validation is { } steps)
                validation = $"validation {ByStep(run)}: " + Scores([.. steps.Select(step => step.Mean)]);
            string shown = validation.Length > 0 ? validation : Training(run, report);
            show(report, clock.Elapsed / (report.Iteration - first) * (run.Config.Iterations - report.Iteration), shown);
        }, stop);
    }

    private static string Training(TrainingRun run, IterationReport report) => report.Scores.Count > 0
        ? $"training {ByStep(run)}: " + Scores(report.Scores)
        : string.Create(CultureInfo.InvariantCulture, $"outer loss {report["outer_loss"]:F3}");

    private static string ByStep(TrainingRun run) => $"{run.Config.ScoreName} by {run.Config.Algorithm.StepName}";

    /// <summary>All scores, or of many steps about ten.</summary>
    private static string Scores(IReadOnlyList<double> values)
    {
        const int Shown = 10;
        int every = Math.Max(1, (values.Count - 1) / Shown);
        IEnumerable<double> shown = values.Where((_, step) => step % every == 0);
        string which = every == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"(every {every}th)  ");
        return which + string.Join("  ", shown.Select(value => value.ToString("F2", CultureInfo.InvariantCulture)));
    }

    /// <summary>Minutes and seconds, or hours and minutes.</summary>
    public static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours} h {time.Minutes:00} min"
        : $"{time.Minutes}:{time.Seconds:00}";
}
