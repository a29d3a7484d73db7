using System.Numerics;
using System.Runtime.InteropServices;
using MamlRobotics.Envs;

namespace MamlRobotics.Native;

/// <summary>
/// Environments of one family, each with a task of its own, whose buffers other languages read and write in place. The step that ends an
/// episode begins the next one.
/// </summary>
internal sealed class VectorSimulation : IDisposable
{
    private readonly BatchSimulator simulator;
    private readonly byte[] terminated, truncated;
    private readonly GCHandle[] pinned;

    public VectorSimulation(TaskFamily family, TaskBatch tasks, int threads)
    {
        simulator = family.CreateSimulator(tasks.Slice(0, 1), tasks.Count, new SimulatorOptions(AutoReset: true, threads));
        simulator.SetTasks(tasks);
        (terminated, truncated) = (new byte[tasks.Count], new byte[tasks.Count]);
        SimulatorBuffers buffers = simulator.Buffers;
        object[] shared =
        [
            buffers.State.Values, buffers.Action.Values, buffers.Observation.Values, buffers.FinalObservation.Values, buffers.Reward,
            terminated, truncated,
        ];
        pinned = [.. shared.Select(array => GCHandle.Alloc(array, GCHandleType.Pinned))];
    }

    /// <summary>
    /// The addresses of state, action, observation, final observation, reward, and the flags terminated and truncated, a byte each.
    /// </summary>
    public IEnumerable<nint> Addresses => pinned.Select(handle => handle.AddrOfPinnedObject());

    /// <summary>The distance from one coordinate to the next, in numbers.</summary>
    public int Stride => simulator.Stride;

    public void SetTasks(double[] values) => simulator.SetTasks(new TaskBatch(simulator.Tasks.Columns, values));

    public void Reset(long seed)
    {
        simulator.Reset(RandomStream.FromSeed(seed));
        ReadFlags();
    }

    /// <returns>The number of episodes that the step ended</returns>
    public int Step()
    {
        simulator.Step();
        return ReadFlags();
    }

    public void Dispose()
    {
        foreach (GCHandle handle in pinned) handle.Free();
        simulator.Dispose();
    }

    private int ReadFlags() => Expand(simulator.Terminated, terminated) + Expand(simulator.Truncated, truncated);

    /// <summary>Writes a byte for each bit.</summary>
    /// <returns>The number of bits that are set</returns>
    private int Expand(ReadOnlySpan<uint> words, byte[] flags)
    {
        int width = simulator.Stride / words.Length, count = 0;
        for (int word = 0; word < words.Length; word++)
        {
            Span<byte> bytes = flags.AsSpan(word * width, Math.Min(width, flags.Length - word * width));
            bytes.Clear();
            count += BitOperations.PopCount(words[word]);
            for (uint left = words[word]; left != 0; left &= left - 1) bytes[BitOperations.TrailingZeroCount(left)] = 1;
        }
        return count;
    }
}
