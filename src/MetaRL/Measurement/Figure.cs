namespace MamlRobotics.MetaRL;

/// <summary>The peak of the machine that limits a figure. Relative to their peaks, figures of two machines can be compared.</summary>
public enum Bound
{
    /// <summary>No peak: the figure describes only the machine or only the program.</summary>
    None,

    /// <summary>The multiply-adds of all threads</summary>
    Arithmetic,

    /// <summary>The multiply-adds of one thread</summary>
    ThreadArithmetic,

    /// <summary>The memory that all threads can copy</summary>
    Memory,
}

/// <summary>One figure of the benchmark.</summary>
/// <param name="Key">The key in the JSON, whose value is in plain units</param>
/// <param name="Unit">The printed unit; fewer seconds and gigabytes are better.</param>
/// <param name="Meaning">A sentence that explains the figure on the page</param>
public sealed record Figure(string Key, string Name, string Unit, Bound Bound, string Meaning)
{
    /// <summary>The factor from the plain to the printed unit; rates are printed in millions.</summary>
    public double PrintedPerPlain => Unit == Millions ? 1e-6 : 1;

    public bool LessIsBetter => Unit is Seconds or Gigabytes;

    /// <summary>Whether the figure is printed beside another one and has no row of its own.</summary>
    public bool IsDetail { get; init; }

    /// <summary>Computes the GFLOP/s of the figure; null where no operations are counted.</summary>
    public Func<BenchmarkResult, double>? Gflops { get; init; }

    /// <summary>Computes the memory that is read and written, GB/s; null where it is not counted.</summary>
    public Func<BenchmarkResult, double>? GigabytesPerSecond { get; init; }

    /// <summary>The unit of figures that count multiply-adds themselves.</summary>
    public const string GflopPerSecond = "GFLOP/s";

    internal const string Millions = "million/s", Seconds = "s", Gigabytes = "GB", Gflop = "GFLOP";
}
