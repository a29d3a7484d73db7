using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Rendering;

/// <summary>The whole text of docs/benchmarks.md.</summary>
internal static class BenchmarkPage
{
    /// <param name="command">The command that measured the figures</param>
    /// <param name="sizes">Cost by size; empty where it was not measured</param>
    public static string Write(BenchmarkResult result, IReadOnlyList<SizePoint> sizes, string command) =>
        string.Join('\n', (string[])[.. Results(result, command), .. Explanations(result), .. CostTable(sizes), .. OtherCommands]);

    private static IEnumerable<string> Results(BenchmarkResult result, string command)
    {
        string iteration = $"{result[Figures.IterationGflop]:F0} GFLOP, with thinned curvature {result[Figures.ThinnedGflop]:F0}";
        return
        [
            "# Benchmarks", "",
            $"Written by `{command}` on", "",
            $"> {result.Machine}", "",
            "Shares are relative to peaks that the same run measured: the multiply-add peak (of one thread for figures of one thread), "
            + "libtorch's products, and memory copied.", "",
            .. BenchmarkTables.Figures(result).Markdown(), "",
            $"{DemoCost.Explain(result)} One paper-size iteration counts {iteration}.", "",
        ];
    }

    private static IEnumerable<string> Explanations(BenchmarkResult result) =>
    [
        "## What the rows are", "", .. Explained(result, isDetail: false), "",
        "In the JSON there are also:", "", .. Explained(result, isDetail: true),
    ];

    // Blanks before a name nest it.
    private static IEnumerable<string> Explained(BenchmarkResult result, bool isDetail)
    {
        foreach (Figure figure in Figures.All.Where(figure => figure.IsDetail == isDetail && double.IsFinite(result[figure])))
        {
            string name = figure.Name.TrimStart(), blanks = isDetail ? "" : figure.Name[..^name.Length];
            yield return $"{blanks}- **{name.TrimEnd()}** (`{figure.Key}`): {figure.Meaning}";
        }
    }

    private static IEnumerable<string> CostTable(IReadOnlyList<SizePoint> sizes) => sizes.Count == 0 ? [] :
    [
        "", "## Cost by size", "",
        $"Base: {CostBySize.Base}. Seconds are medians of one iteration. Each size ran in a process of its own, whose peak resident set "
        + "is given. The exponent is the slope of a least-squares line through the logarithms.", "",
        .. BenchmarkTables.Sizes(sizes).Markdown(),
    ];

    private static IReadOnlyList<string> OtherCommands =>
    [
        "", "## Other benchmarks", "",
        "- `./maml bench --against FILE` compares with the `--json` of an earlier run. "
        + "It also compares each figure's share of its machine's peaks.",
        "- `./maml bench envs` measures all kinds of simulators, `./maml bench curvature` what thinned curvature costs in quality, "
        + "`./maml bench iteration` one iteration of any size, `./maml bench view` the viewer.",
        "- [benchmarks](../benchmarks/README.md) has micro-benchmarks with allocations.", "",
    ];
}
