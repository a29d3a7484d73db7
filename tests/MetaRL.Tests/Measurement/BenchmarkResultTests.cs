using System.Text.Json;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

public sealed class BenchmarkResultTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Scripts read these keys; more may follow.</summary>
    [Fact]
    public void The_json_has_every_key_that_it_ever_had()
    {
        var result = new BenchmarkResult("here", Figures.All.ToDictionary(figure => figure.Key, _ => 1.0));
        using JsonDocument document = JsonDocument.Parse(result.ToJson());
        Assert.Subset(
            document.RootElement.EnumerateObject().Select(key => key.Name).ToHashSet(),
            new HashSet<string>
            {
                "env_steps_per_s", "rollout_steps_per_s", "iteration_s", "sampling_s", "adaptation_s", "outer_s",
                "peak_gflops", "product_gflops", "iteration_gflop",
                "thread_peak_gflops", "shared_rollout_gflops", "shared_rollout_steps_per_s",
                "adapted_rollout_gflops", "adapted_rollout_steps_per_s",
            });
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var values = Figures.All.Select((figure, i) => (figure.Key, Value: i + 1 / 3.0)).ToDictionary();
        var result = new BenchmarkResult("a machine, commit 1", values);
        BenchmarkResult read = BenchmarkResult.Read(Written(result.ToJson()));
        Assert.Equal(result.Machine, read.Machine);
        Assert.Equal(result.Values, read.Values);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_no_damage() =>
        Assert.Equal(3, BenchmarkResult.Read(Written("{ /* at night */ \"peak_gflops\": 3, }"))[Figures.Peak]);

    // Here, the peak is half of that there, the peak of one thread is the same, and the bandwidth is a quarter.
    [Theory]
    [InlineData("iteration_s", 2, 1, 0.5, 1)]        // twice the time with half the peak: the machine is used equally well
    [InlineData("iteration_s", 1, 1, 1, 2)]
    [InlineData("rollout_steps_per_s", 3, 2, 1.5, 3)]
    [InlineData("shared_rollout_steps_per_s", 3, 2, 1.5, 1.5)]
    [InlineData("env_steps_per_s", 5, 10, 0.5, 2)]
    [InlineData("memory_paper_gb", 1, 4, 4, double.NaN)]
    [InlineData("peak_gflops", 50, 100, 0.5, double.NaN)]
    public void Gains_are_divided_by_those_of_the_peak_that_bounds_them(
        string key, double here, double there, double gain, double againstPeaks)
    {
        FigureRatio ratio = Assert.Single(
            FigureRatio.Compare(With(50, 20, 10, key, here), With(100, 20, 40, key, there)), ratio => ratio.Figure.Key == key);
        Assert.Equal(gain, ratio.Gain, 12);
        Assert.Equal(againstPeaks, ratio.AgainstPeaks, 12);
    }

    [Fact]
    public void A_figure_that_one_run_lacks_is_left_out()
    {
        IReadOnlyList<FigureRatio> ratios = FigureRatio.Compare(With(1, 1, 1, "iteration_s", 1), With(1, 1, 1, "outer_s", 1));
        Assert.Equal(["peak_gflops", "thread_peak_gflops", "memory_gb_s"], ratios.Select(ratio => ratio.Figure.Key));
    }

    [Theory]
    [InlineData("", "is damaged")]
    [InlineData("{\"peak_gflops\": 1", "is damaged")]
    [InlineData("{\"peak_gflops\": 1, \"peak_gflops\": 2}", "is damaged")]
    [InlineData("{\"peak_gflops\": \"fast\"}", "peak_gflops must be a number above zero, not \"fast\"")]
    [InlineData("{\"peak_gflops\": 1, \"iteration_s\": 0}", "iteration_s must be a number above zero, not 0")]
    [InlineData("{\"peak_gflops\": null}", "not null")]
    [InlineData("{\"seed\": 1}", "is no result of `maml bench --json`")]
    [InlineData("[1]", "is no result of `maml bench --json`")]
    public void What_is_no_result_is_wrong_input(string json, string saying) =>
        Assert.Contains(saying, Assert.Throws<InputException>(() => BenchmarkResult.Read(Written(json))).Message, StringComparison.Ordinal);

    private static BenchmarkResult With(
        double peak, double threadPeak, double memory, string key, double value) => new("", new Dictionary<string, double>
    {
        ["peak_gflops"] = peak, ["thread_peak_gflops"] = threadPeak, ["memory_gb_s"] = memory, [key] = value,
    });

    private string Written(string json)
    {
        string path = Path.Combine(folder, "result.json");
        File.WriteAllText(path, json);
        return path;
    }
}
