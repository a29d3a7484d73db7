using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The state of the episodes in a simulator. No two of its tensors share memory. Axes: E environment.
/// </summary>
/// <param name="State">[state, E]</param>
/// <param name="Observation">[observation, E]</param>
/// <param name="FinalObservation">[observation, E]</param>
/// <param name="Reward">[E]</param>
/// <param name="Elapsed">[E], the number of steps of the current episode</param>
/// <param name="Live">[E] of booleans</param>
/// <param name="Terminated">[E] of booleans</param>
/// <param name="Truncated">[E] of booleans</param>
internal sealed record Episode(
    Tensor State, Tensor Observation, Tensor FinalObservation, Tensor Reward, Tensor Elapsed,
    Tensor Live, Tensor Terminated, Tensor Truncated) : ITensorHolder, IDisposable
{
    public IEnumerable<Tensor> Tensors => [State, Observation, FinalObservation, Reward, Elapsed, Live, Terminated, Truncated];

    /// <summary>Episodes before their first step.</summary>
    public static Episode Started(EnvironmentSpec spec, int count, Device device) =>
        Ended(spec, count, device) with { Live = Flags(true, count, device) };

    /// <summary>Episodes before any reset.</summary>
    public static Episode Ended(EnvironmentSpec spec, int count, Device device) => new(
        zeros(spec.State.Count, count, device: device),
        zeros(spec.Observation.Count, count, device: device),
        zeros(spec.Observation.Count, count, device: device),
        zeros(count, device: device), zeros(count, device: device),
        Flags(false, count, device), Flags(false, count, device), Flags(false, count, device));

    public void Dispose()
    {
        foreach (Tensor tensor in Tensors) tensor.Dispose();
    }

    private static Tensor Flags(bool value, int count, Device device) => full([count], Number(value ? 1 : 0), ScalarType.Bool, device);
}
