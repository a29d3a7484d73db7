using System.Buffers.Binary;
using System.Numerics;
using Tensorboard;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// Reads the events that a training writes for TensorBoard in TensorFlow's record format: a length and a message, each with a
/// checksum.
/// </summary>
public sealed class EventFileTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("maml-events").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void An_event_file_holds_the_numbers_of_every_iteration_with_sound_checksums()
    {
        var reports = new List<IterationReport>();
        double before = Now;
        string folder = Path.Combine(root, "whole");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(folder), ExperimentTests.Small, CPU, 1))
            run.Run(reports.Add, CancellationToken.None);

        Event[] events = Read(Assert.Single(EventFiles(folder)));
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal(reports.SelectMany(Expected), events.Skip(1).Select(Scalar));
        Assert.All(events.Skip(1), one => Assert.InRange(one.WallTime, before, Now));
    }

    [Fact]
    public void A_resumed_run_goes_on_in_another_file_that_is_read_after_the_first()
    {
        string folder = Path.Combine(root, "stopped");
        using var stop = new CancellationTokenSource();
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(folder), ExperimentTests.Small, CPU, 1))
            run.Run(report => { if (report.Iteration == 2) stop.Cancel(); }, stop.Token);
        RunFolder again = RunFolder.Open(folder);
        using (TrainingRun run = TrainingRun.Resume(again, Checkpoint.Read(again.Latest), CPU, 1))
            run.Run(_ => { }, CancellationToken.None);

        // TensorBoard reads the files of a folder by their names.
        string[] files = EventFiles(folder);
        Assert.Equal(2, files.Length);
        IEnumerable<(long Iteration, string Tag, float Value)> scalars = files.SelectMany(file => Read(file).Skip(1)).Select(Scalar);
        Assert.Equal([1, 2, 3, 4, 5, 6], scalars.Where(scalar => scalar.Tag == "outer/kl").Select(scalar => scalar.Iteration));
    }

    /// <summary>An exception out of a report ends the run as a kill does: two iterations are beyond the last checkpoint.</summary>
    [Fact]
    public void What_a_killed_run_repeats_is_there_once()
    {
        MetaTrainingConfig config = ExperimentTests.Small with { CheckpointEvery = 3 };
        var reports = new List<IterationReport>();
        string folder = Path.Combine(root, "killed");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(folder), config, CPU, 1))
            TrainingRunTests.KillAfter(run, iteration: 5);
        Assert.Equal(5, Iterations(folder).Max());
        // A kill in the middle of writing leaves a part of a record.
        using (FileStream first = File.Open(EventFiles(folder)[0], FileMode.Append)) first.Write([40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5]);
        RunFolder again = RunFolder.Open(folder);
        using (TrainingRun run = TrainingRun.Resume(again, Checkpoint.Read(again.Latest), CPU, 1))
            run.Run(reports.Add, CancellationToken.None);

        Assert.Equal([1, 2, 3, 4, 5, 6], Iterations(folder));
        Assert.Equal([4, 5, 6], reports.Select(report => report.Iteration));
        Assert.Equal(reports.SelectMany(Expected), Read(EventFiles(folder)[1]).Skip(1).Select(Scalar));

        static IEnumerable<long> Iterations(string folder) => EventFiles(folder)
            .SelectMany(file => Read(file).Skip(1)).Select(Scalar)
            .Where(scalar => scalar.Tag == "outer/kl").Select(scalar => scalar.Iteration);
    }

    private static double Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static string[] EventFiles(string folder) =>
        [.. Directory.GetFiles(folder, "events.out.tfevents.*").Order(StringComparer.Ordinal)];

    private static IEnumerable<(long Iteration, string Tag, float Value)> Expected(IterationReport report)
    {
        for (int step = 0; step < report.Scores.Count; step++)
        {
            yield return (report.Iteration, $"return/step_{step}", (float)report.Scores[step]);
            if (report.Validation is not { } validation) continue;
            yield return (report.Iteration, $"validation/step_{step}", (float)validation[step].Mean);
        }
        // This configuration neither clips ratios nor learns step sizes.
        yield return (report.Iteration, "policy/entropy", (float)report["entropy"]);
        yield return (report.Iteration, "baseline/explained_variance", (float)report["explained_variance"]);
        yield return (report.Iteration, "outer/loss", (float)report["outer_loss"]);
        yield return (report.Iteration, "outer/kl", (float)report["kl"]);
        yield return (report.Iteration, "outer/gradient_norm", (float)report["gradient_norm"]);
    }

    private static (long Iteration, string Tag, float Value) Scalar(Event one)
    {
        Summary.Types.Value value = Assert.Single(one.Summary.Value);
        return (one.Step, value.Tag, value.SimpleValue);
    }

    private static Event[] Read(string path)
    {
        const int Length = sizeof(ulong), Checksum = sizeof(uint);
        byte[] file = File.ReadAllBytes(path);
        var events = new List<Event>();
        for (int at = 0; at < file.Length;)
        {
            ReadOnlySpan<byte> length = file.AsSpan(at, Length);
            at += Length;
            AssertChecksum(length, file.AsSpan(at, Checksum));
            at += Checksum;
            ReadOnlySpan<byte> message = file.AsSpan(at, (int)BinaryPrimitives.ReadUInt64LittleEndian(length));
            at += message.Length;
            AssertChecksum(message, file.AsSpan(at, Checksum));
            at += Checksum;
            events.Add(Event.Parser.ParseFrom(message.ToArray()));
        }
        return [.. events];
    }

    /// <summary>CRC-32C by the processor's instruction, masked as the format asks.</summary>
    private static void AssertChecksum(ReadOnlySpan<byte> data, ReadOnlySpan<byte> stored)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data) crc = BitOperations.Crc32C(crc, value);
        Assert.Equal(BitOperations.RotateRight(~crc, 15) + 0xA282EAD8, BinaryPrimitives.ReadUInt32LittleEndian(stored));
    }
}
