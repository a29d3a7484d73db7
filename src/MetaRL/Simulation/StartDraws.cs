using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The uniform draws of new starts, those of the counter-based stream. On the CPU they are drawn for the chosen
/// environments alone; on a device, where looking at the choice would wait for it, for all.
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
        keys = TensorScope.Run(() => OfEachEnvironment(TensorStream.Keys(from, "reset", count / trajectories, device).unsqueeze(1))).DetachFromDisposeScope();
        next = TensorScope.Run(First).DetachFromDisposeScope();
    }

    /// <summary>Draws for the chosen environments, [draws, E], or null if none is needed; the others' are not used.</summary>
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

    // The index of an environment's first draws; every further start is 2^32 later.
    private Tensor First() =>
        OfEachEnvironment(Indices(trajectories, int64, device).unsqueeze(0) * Number(draws))
            .Plus(Indices(draws, int64, device).unsqueeze(1));

    // [N, 1], [1, B] to [E]
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
        return tensor(uniforms, [draws, count], device: device);
    }
}
