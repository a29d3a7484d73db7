using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The uniform draws of new starts, from the counter-based stream. On the CPU they are drawn only for the chosen environments. On
/// a device they are drawn for all, because reading the choice would wait for the device.
/// </summary>
internal sealed class StartDraws(int draws, int count, int trajectories, Device device, bool onDevice) : IDisposable
{
    private readonly long[] starts = new long[count];
    private RandomStream stream;
    private Tensor? keys, next;

    public void Restart(RandomStream from)
    {
        stream = from;
        Array.Clear(starts);
        Dispose();
        if (!onDevice || draws == 0) return;
        keys = TensorScope.Run(Keys).DetachFromDisposeScope();
        next = TensorScope.Run(First).DetachFromDisposeScope();
    }

    /// <summary>
    /// The draws of the chosen environments, [draws, E], or null if no environment needs one. The numbers of the others mean nothing.
    /// </summary>
    /// <param name="chosen">[E] of booleans</param>
    public Tensor? Next(Tensor chosen)
    {
        if (draws == 0) return empty(0, count, device: device);
        if (!onDevice) return Drawn(chosen.cpu().data<bool>().ToArray());
        Tensor uniforms = TensorStream.Uniform(keys!, next!);
        next!.add_(chosen.to(int64), alpha: Number(1L << 32));
        return uniforms;
    }

    public void Dispose()
    {
        keys?.Dispose();
        next?.Dispose();
    }

    private Tensor Keys() => OfEachEnvironment(TensorStream.Keys(stream, "reset", count / trajectories, device).unsqueeze(1));

    // The indices of the draws for the first start of each environment. Those of the next start are 2^32 higher.
    private Tensor First() =>
        OfEachEnvironment(Indices(trajectories, int64, device).unsqueeze(0) * Number(draws))
            .Plus(Indices(draws, int64, device).unsqueeze(1));

    // [N, 1] or [1, B] to [E]
    private Tensor OfEachEnvironment(Tensor numbers) => numbers.expand(count / trajectories, trajectories).reshape(count);

    private Tensor? Drawn(bool[] chosen)
    {
        if (!chosen.Contains(true)) return null;
        var uniforms = new float[draws * count];
        for (int e = 0; e < count; e++)
        {
            if (!chosen[e]) continue;
            RandomStream own = stream.Stream("reset", e / trajectories);
            for (int draw = 0; draw < draws; draw++)
                uniforms[draw * count + e] = own.UniformSingle((starts[e] << 32) + e % trajectories * draws + draw);
            starts[e]++;
        }
        return uniforms.CopyToTensor([draws, count], device);
    }
}
