using System.Text.Json;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Tests;

public class BenchTests
{
    [Fact]
    public void TheJsonHasTheDocumentedKeys()
    {
        using JsonDocument document = JsonDocument.Parse(JsonSerializer.Serialize(new BenchmarkResult(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)));
        Assert.Equal(
            ["env_steps_per_s", "rollout_steps_per_s", "iteration_s", "sampling_s", "adaptation_s", "outer_s", "peak_gflops", "product_gflops", "iteration_gflop",
             "thread_peak_gflops", "shared_rollout_gflops", "shared_rollout_steps_per_s", "adapted_rollout_gflops", "adapted_rollout_steps_per_s"],
            document.RootElement.EnumerateObject().Select(key => key.Name));
    }
}
