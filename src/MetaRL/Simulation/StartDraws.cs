using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The uniform draws of new starts: the counter-based stream on the CPU, the device's own generator elsewhere.</summary>
internal sealed class StartDraws(int draws, int count, int trajectories, Device device, bool onDevice) : IDisposable
{
    private readonly long[] starts = new long[count];
    private RandomStream stream;
    private Generator? restarts, relocations;

    public void Restart(RandomStream from)
    {
        stream = from;
        Array.Clear(starts);
        Dispose();
        // One each: with and without automatic resets an episode is the same.
        if (onDevice) (restarts, relocations) = (new(from.Stream("restart").Key, device), new(from.Stream("relocation").Key, device));
    }

    /// <summary>Draws for the chosen environments, [draws, E], or null if none is chosen; the others' are not used.</summary>
    /// <param name="chosen">[E] of booleans</param>
    /// <param name="isRelocation">True if the episode goes on.</param>
    public Tensor? Next(Tensor chosen, bool isRelocation)
    {
        if (onDevice) return rand(draws, count, device: device, generator: isRelocation ? relocations : restarts);
        bool[] flags = chosen.cpu().data<bool>().ToArray();
        if (!flags.Contains(true)) return null;
        var uniforms = new float[draws * count];
        for (int e = 0; e < count; e++)
        {
            if (!flags[e]) continue;
            RandomStream own = stream.Stream("reset", e / trajectories);
            for (int draw = 0; draw < draws; draw++)
                uniforms[draw * count + e] = own.UniformSingle((starts[e] << 32) + e % trajectories * draws + draw);
            starts[e]++;
        }
        return tensor(uniforms, [draws, count], device: device);
    }

    public void Dispose()
    {
        restarts?.Dispose();
        relocations?.Dispose();
    }
}
