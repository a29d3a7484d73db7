using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The uniform draws of new starts: the counter-based stream on the CPU, the device's own generator elsewhere.</summary>
internal sealed class StartDraws(int draws, int count, int trajectories, Device device) : IDisposable
{
    private readonly long[] starts = new long[count];
    private RandomStream stream;
    private Generator? generator;

    public void Restart(RandomStream from)
    {
        stream = from;
        Array.Clear(starts);
        generator?.Dispose();
        generator = device.type == DeviceType.CPU ? null : new Generator(from.Key, device);
    }

    /// <summary>Draws for the chosen environments, [draws, E], or null if none is chosen; the others' are not used.</summary>
    /// <param name="chosen">[E] of booleans</param>
    public Tensor? Next(Tensor chosen)
    {
        if (generator is not null) return rand(draws, count, device: device, generator: generator);
        bool[] flags = chosen.data<bool>().ToArray();
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
        return tensor(uniforms, [draws, count]);
    }

    public void Dispose() => generator?.Dispose();
}
