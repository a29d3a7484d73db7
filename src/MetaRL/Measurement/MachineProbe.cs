using System.Diagnostics;
using System.Runtime.CompilerServices;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Measures the peaks of this machine. Every benchmark measures them too, because figures of different machines can be compared as
/// shares of the peaks.
/// </summary>
public static class MachineProbe
{
    private const int ProductRepetitions = 20, LargeRepetitions = 10;

    // A burst takes a few milliseconds, so that on a busy machine some bursts run without a pause.
    private const long MultiplyAddRounds = 1_000_000;
    private const int MultiplyAddRepetitions = 60;
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(3);

    /// <summary>The multiply-add peak of a device in single precision: of a CPU's threads, or of the GPU. GFLOP/s</summary>
    public static double PeakGflops(Device device, int threads) =>
        device.type == DeviceType.CPU ? PeakGflops(threads) : LargeProductGflops(device, side: 8192);

    /// <summary>The memory that a CPU's threads or the GPU can copy. Bytes read and written, GB/s</summary>
    public static double BandwidthGBs(Device device, int threads) =>
        device.type == DeviceType.CPU ? MemoryProbe.BandwidthGBs(threads) : CopyGBs(device, numbers: 1 << 28);

    /// <summary>The speed of a product of square matrices, which are so large that arithmetic limits it on any GPU. GFLOP/s</summary>
    internal static double LargeProductGflops(Device device, long side) => TensorScope.Free(() =>
    {
        Tensor factor = randn([side, side], device: device);
        void Multiply() => TensorScope.Free(() => { factor.mm(factor).narrow(0, 0, 1).sum().ReadNumber(); });
        return 2.0 * side * side * side / 1e9 / Fastest(Multiply, LargeRepetitions);
    });

    /// <summary>The speed of copying one tensor to another. GB/s</summary>
    internal static double CopyGBs(Device device, long numbers) => TensorScope.Free(() =>
    {
        Tensor source = randn([numbers], device: device), destination = zeros_like(source);
        void Copy()
        {
            destination.copy_(source);
            Compute.Wait(device);
        }
        return 2.0 * numbers * source.element_size() / 1e9 / Fastest(Copy, LargeRepetitions);
    });

    /// <summary>The speed of single-precision multiply-adds with operands in registers, on a number of threads. GFLOP/s</summary>
    public static double PeakGflops(int threads) => LaneWidth.Bits switch
    {
        512 => PeakGflops<Lanes512>(threads),
        256 => PeakGflops<Lanes256>(threads),
        _ => PeakGflops<Lanes128>(threads),
    };

    private static double PeakGflops<T>(int threads) where T : struct, ILanes<T>
    {
        const int FlopPerMultiplyAdd = 2, Chains = 12;
        double flop = (double)threads * MultiplyAddRounds * Chains * T.Width * FlopPerMultiplyAdd;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        void Burst() => Parallel.For(0, threads, options, _ => MultiplyAdds<T>(MultiplyAddRounds));
        return flop / 1e9 / Fastest(Burst, MultiplyAddRepetitions);
    }

    /// <summary>
    /// The speed of products of 20 pairs of matrices, 2000 x 100 by 100 x 100, as in an iteration. Each thread of a CPU computes a
    /// pair at a time; a GPU computes all pairs together. GFLOP/s
    /// </summary>
    public static double ProductGflops(Device device, int threads) => TensorScope.Free(() =>
    {
        const int Tasks = 20, Samples = 2000, Width = 100, Rounds = 10;
        int together = device.type == DeviceType.CPU ? 1 : Tasks;
        Tensor left = randn([Tasks, Samples, Width], device: device);
        Tensor right = randn([Tasks, Width, Width], device: device).div(Number(Width));
        double seconds = Fastest(() => TensorScope.Free(() =>
        {
            Tensor[] sums = TensorScope.RunEach(Tasks / together, threads, part =>
            {
                Tensor product = left.narrow(0, part * together, together), factor = right.narrow(0, part * together, together);
                for (int round = 0; round < Rounds; round++) product = product.bmm(factor);
                return product.sum();
            });
            // The numbers are read because that waits for the device.
            foreach (Tensor sum in sums) _ = sum.ReadNumber();
        }), ProductRepetitions);
        return 2.0 * Tasks * Samples * Width * Width * Rounds / seconds / 1e9;
    });

    private static double Fastest(Action work, int repetitions)
    {
        work();
        double best = double.PositiveInfinity;
        // Where the processor has no multiply-add, every burst is slow, and the best of a few is good enough.
        var all = Stopwatch.StartNew();
        for (int repetition = 0; repetition < repetitions && all.Elapsed < LongEnough; repetition++)
        {
            var clock = Stopwatch.StartNew();
            work();
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }
        return best;
    }

    // Twelve independent chains are enough to hide the latency of two units and few enough to be in registers at any width.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static T MultiplyAdds<T>(long rounds) where T : struct, ILanes<T>
    {
        T m = T.Broadcast(0.999f), c = T.Broadcast(1e-3f);
        T a0 = c, a1 = c, a2 = c, a3 = c, a4 = c, a5 = c, b0 = m, b1 = m, b2 = m, b3 = m, b4 = m, b5 = m;
        for (long round = 0; round < rounds; round++)
        {
            a0 = T.FusedMultiplyAdd(a0, m, c);
            a1 = T.FusedMultiplyAdd(a1, m, c);
            a2 = T.FusedMultiplyAdd(a2, m, c);
            a3 = T.FusedMultiplyAdd(a3, m, c);
            a4 = T.FusedMultiplyAdd(a4, m, c);
            a5 = T.FusedMultiplyAdd(a5, m, c);
            b0 = T.FusedMultiplyAdd(b0, m, c);
            b1 = T.FusedMultiplyAdd(b1, m, c);
            b2 = T.FusedMultiplyAdd(b2, m, c);
            b3 = T.FusedMultiplyAdd(b3, m, c);
            b4 = T.FusedMultiplyAdd(b4, m, c);
            b5 = T.FusedMultiplyAdd(b5, m, c);
        }
        return a0 + a1 + a2 + a3 + a4 + a5 + b0 + b1 + b2 + b3 + b4 + b5;
    }
}
