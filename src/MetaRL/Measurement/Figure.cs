namespace MamlRobotics.MetaRL;

/// <summary>What a figure is measured against on its own machine, so that figures of two machines compare.</summary>
public enum Bound
{
    /// <summary>Nothing: a property of the machine or of the program alone</summary>
    None,

    /// <summary>Multiply-adds of all threads</summary>
    Arithmetic,

    /// <summary>Multiply-adds of one thread</summary>
    ThreadArithmetic,

    /// <summary>Memory copied by all threads</summary>
    Memory,
}

/// <summary>One figure of the benchmark.</summary>
/// <param name="Key">In the JSON, in plain units</param>
/// <param name="Unit">As printed; seconds and gigabytes are the better the fewer.</param>
/// <param name="Meaning">A sentence for the page</param>
public sealed record Figure(string Key, string Name, string Unit, Bound Bound, string Meaning)
{
    /// <summary>Rates are printed in millions.</summary>
    public double PrintedPerPlain => Unit == Millions ? 1e-6 : 1;

    public bool LessIsBetter => Unit is Seconds or Gigabytes;

    /// <summary>Told beside another figure rather than in a row of its own.</summary>
    public bool IsDetail { get; init; }

    /// <summary>GFLOP/s that the figure stands for; null where it counts none.</summary>
    public Func<BenchmarkResult, double>? Gflops { get; init; }

    /// <summary>Memory read and written, GB/s, that the figure stands for; null where it counts none.</summary>
    public Func<BenchmarkResult, double>? GigabytesPerSecond { get; init; }

    /// <summary>Of a figure that counts multiply-adds itself.</summary>
    public const string GflopPerSecond = "GFLOP/s";

    internal const string Millions = "million/s", Seconds = "s", Gigabytes = "GB", Gflop = "GFLOP";
}
