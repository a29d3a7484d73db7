using System.Diagnostics;

namespace MamlRobotics.Envs;

/// <summary>Measures how fast this machine copies memory.</summary>
public static class MemoryProbe
{
    // Far more than a processor's caches hold.
    private const int Floats = 64 << 20, Repetitions = 20;

    /// <summary>The rate at which threads copy arrays, counting bytes read and bytes written, GB/s.</summary>
    public static double BandwidthGBs(int threads)
    {
        float[] source = new float[Floats], destination = new float[Floats];
        double best = double.PositiveInfinity;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            var clock = Stopwatch.StartNew();
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
            {
                int from = (int)((long)Floats * thread / threads), to = (int)((long)Floats * (thread + 1) / threads);
                source.AsSpan(from..to).CopyTo(destination.AsSpan(from));
            });
            // The first copy also maps the pages.
            if (repetition > 0) best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }
        return 2.0 * Floats * sizeof(float) / best / 1e9;
    }
}
