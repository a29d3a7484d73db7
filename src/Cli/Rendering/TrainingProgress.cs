using System.Diagnostics;
using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using Spectre.Console;

namespace MamlRobotics.Cli.Rendering;

/// <summary>Training as it goes on: a live line with the time left on a terminal, plain lines elsewhere.</summary>
internal static class TrainingProgress
{
    private const string Stopping = "stopping after this iteration; Ctrl-C once more quits at once";

    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    /// <returns>0 when the training went to its end, else the exit code of a program that was stopped, which is then said.</returns>
    public static int Run(TrainingRun run)
    {
        if (!Console.IsOutputRedirected) Console.SetOut(new LastingWriter(Console.Out));
        Console.WriteLine($"Run folder {run.Folder.Path}, seed {run.Config.Seed}, {run.Config.Iterations} iterations.");
        if (run.Iteration >= run.Config.Iterations) return 0;
        using var stop = new StopRequest();
        if (Console.IsOutputRedirected) Plain(run, stop.Token);
        else Live(run, stop.Token);
        if (run.Iteration >= run.Config.Iterations) return 0;
        Console.WriteLine($"Stopped after {run.Iteration} of {run.Config.Iterations} iterations. Go on with: maml train --resume {ShellWord.Quoted(run.Folder.Path)}");
        return stop.ExitCode;
    }

    private static void Live(TrainingRun run, CancellationToken stop) => AnsiConsole.Progress()
        .HideCompleted(false)
        .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context =>
        {
            ProgressTask task = context.AddTask("first iteration", maxValue: run.Config.Iterations);
            task.Value = run.Iteration;
            using CancellationTokenRegistration told = stop.Register(() => task.Description = Stopping);
            Follow(run, stop, (report, left, validation) =>
            {
                task.Value = report.Iteration;
                if (!stop.IsCancellationRequested) task.Description = Markup.Escape($"{Duration(left)} left  {validation}");
            });
        });

    private static void Plain(TrainingRun run, CancellationToken stop)
    {
        var sinceLast = Stopwatch.StartNew();
        using CancellationTokenRegistration told = stop.Register(() => Console.WriteLine(Stopping));
        Follow(run, stop, (report, left, validation) =>
        {
            bool last = report.Iteration == run.Config.Iterations;
            if (!last && sinceLast.Elapsed < PlainInterval) return;
            sinceLast.Restart();
            Console.WriteLine($"iteration {report.Iteration}/{run.Config.Iterations}  {Duration(left)} left  {validation}");
        });
    }

    private static void Follow(TrainingRun run, CancellationToken stop, Action<IterationReport, TimeSpan, string> show)
    {
        int first = run.Iteration;
        var clock = Stopwatch.StartNew();
        string validation = "";
        run.Run(report =>
        {
            if (report.Validation is { } steps)
                validation = $"validation {run.ScoreName} by gradient step: " + string.Join("  ", steps.Select(step => step.Mean.ToString("F2", CultureInfo.InvariantCulture)));
            string shown = validation.Length > 0 ? validation
                : report.Scores.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"outer loss {report["outer_loss"]:F3}")
                : $"training {run.ScoreName} by gradient step: " + string.Join("  ", report.Scores.Select(value => value.ToString("F2", CultureInfo.InvariantCulture)));
            show(report, clock.Elapsed / (report.Iteration - first) * (run.Config.Iterations - report.Iteration), shown);
        }, stop);
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours} h {time.Minutes:00} min"
        : $"{time.Minutes}:{time.Seconds:00}";
}
