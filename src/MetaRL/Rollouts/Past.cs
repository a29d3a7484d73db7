using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// What a policy remembers at a time step: its memory and, as in RL2, the last action and reward. Duan et al. 2016, section 2.2, arXiv
/// 1611.02779.
/// </summary>
/// <param name="Memory">[N, B, H]</param>
/// <param name="Action">[N, B, act], in policy units</param>
/// <param name="Reward">[N, B]</param>
/// <param name="Ended">[N, B], one where an episode has just ended, else zero</param>
public sealed record Past(Tensor Memory, Tensor Action, Tensor Reward, Tensor Ended) : ITensorHolder
{
    public IEnumerable<Tensor> Tensors => [Memory, Action, Reward, Ended];

    /// <summary>The number of inputs that <see cref="Seen"/> adds to an observation.</summary>
    public static int InputCount(int actions) => actions + 2;

    /// <summary>The past at the start of a trial, where all numbers are zero.</summary>
    public static Past None(GaussianPolicy policy, long tasks, long trajectories, Device device)
    {
        Tensor Zeros(params long[] more) => zeros([tasks, trajectories, .. more], float32, device);
        return new(Zeros(policy.MemorySize), Zeros(policy.ActionSize), Zeros(), Zeros());
    }

    /// <summary>An observation with the last action and reward. [N, B, obs] to [N, B, obs + act + 2]</summary>
    public Tensor Seen(Tensor observations) => cat([observations, Action, Reward.unsqueeze(2), Ended.unsqueeze(2)], 2);

    /// <summary>The past after one more step of the environments that are live.</summary>
    /// <param name="live">[N, B]</param>
    public Past After(Tensor memory, Tensor action, Tensor reward, Tensor live) => new(
        where(live.unsqueeze(2), memory, Memory), where(live.unsqueeze(2), action, Action), where(live, reward, Reward), zeros_like(Ended));

    /// <summary>The past at the start of the next episode.</summary>
    public Past AtEnd() => this with { Ended = ones_like(Ended) };

    /// <summary>The past of the first trajectory of each task, <paramref name="count"/> times.</summary>
    public Past OfFirst(int count = 1) => new(
        Memory.narrow(1, 0, 1).expand(-1, count, -1), Action.narrow(1, 0, 1).expand(-1, count, -1),
        Reward.narrow(1, 0, 1).expand(-1, count), Ended.narrow(1, 0, 1).expand(-1, count));
}
