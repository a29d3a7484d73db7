using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Rendering;

/// <summary>docs/benchmarks.md, whole.</summary>
internal static class BenchmarkPage
{
    /// <param name="command">That measured the figures</param>
    /// <param name="sizes">Cost by size; empty where it was not measured</param>
    public static string Write(BenchmarkResult result, IReadOnlyList<SizePoint> sizes, string command)
    {
        var lines = new List<string>
        {
            "# Benchmarks", "",
            $"Written by `{command}` on", "",
            $"> {result.Machine}", "",
            "Shares are of what the same run measured the machine to do: the multiply-add peak (that of one thread for figures of one thread), libtorch's products, and memory copied.", "",
        };
        lines.AddRange(BenchmarkTables.Figures(result).Markdown());
        lines.AddRange(["", $"{DemoCost.Explain(result)} One paper-size iteration counts {result[Figures.IterationGflop]:F0} GFLOP, with thinned curvature {result[Figures.ThinnedGflop]:F0}.", ""]);
        lines.AddRange(["## What the rows are", "", .. Explained(result, isDetail: false), "", "In the JSON there are also:", "", .. Explained(result, isDetail: true)]);
        if (sizes.Count > 0)
        {
            lines.AddRange(["", "## Cost by size", "", $"Base: {CostBySize.Base}. Seconds are medians of one iteration; each size ran in a program of its own, whose peak resident set is given. The exponent is the slope of a line by least squares through the logarithms.", ""]);
            lines.AddRange(BenchmarkTables.Sizes(sizes).Markdown());
        }
        lines.AddRange(
        [
            "", "## Elsewhere", "",
            "- `./maml bench --against FILE` compares with the `--json` of an earlier run, each figure also as a share of its machine's peaks.",
            "- `./maml bench envs` measures the simulators of all kinds, `./maml bench curvature` what thinned curvature costs in quality, `./maml bench iteration` one iteration of any size, `./maml bench view` the viewer.",
            "- [benchmarks](../benchmarks/README.md) has micro-benchmarks with allocations.", "",
        ]);
        return string.Join('\n', lines);
    }

    // Blanks before a name nest it.
    private static IEnumerable<string> Explained(BenchmarkResult result, bool isDetail) => Figures.All
        .Where(figure => figure.IsDetail == isDetail && double.IsFinite(result[figure]))
        .Select(figure => $"{(isDetail ? "" : figure.Name[..^figure.Name.TrimStart().Length])}- **{figure.Name.Trim()}** (`{figure.Key}`): {figure.Meaning}");
}
