namespace MamlRobotics.FewShot;

/// <summary>What R heads do with a memory at a time step.</summary>
/// <param name="Keys">What each head looks for, and then stores in the slot that was used least recently. [N, R, W]</param>
/// <param name="Additions">What it adds to the values of slots of the step before, since it is told about them now. [N, R, W]</param>
/// <param name="ToRead">The share of it that goes to the slots that were read; the rest goes to where the key was stored. [N, R]</param>
/// <param name="Sharpness">The factor of similarities when it reads. [N, R]</param>
public readonly record struct MemoryHeads(Tensor Keys, Tensor Additions, Tensor ToRead, Tensor Sharpness);

/// <summary>
/// A memory of S slots for each of N tasks, each with a key and a value of W numbers, which R heads read by similarity, and in which they
/// write to the slots that were used least recently or at the step before. Santoro et al. 2016, section 3.2, arXiv 1605.06065.
/// </summary>
/// <remarks>
/// Four things differ from the paper. A slot has a value apart from its key (Miller et al. 2016, arXiv 1606.03126), to which a label, which
/// comes a step late, is added without changing what the key is similar to. A head reads before it stores its key, for otherwise it would
/// find nothing as similar as the key itself. Each head has a least recently used slot of its own. Similarities are sharpened as in
/// Graves et al. 2014, equation 5, arXiv 1410.5401, as the softmax over many slots is nearly flat otherwise.
/// </remarks>
/// <param name="Keys">The keys of the slots. [N, S, W]</param>
/// <param name="Values">Their values. [N, S, W]</param>
/// <param name="Usage">How much and how recently each slot was read or written, without a graph. [N, S]</param>
/// <param name="Reads">The weights of the last reading. [N, R, S]</param>
/// <param name="Stored">One at the slot in which each head has stored its last key. [N, R, S]</param>
/// <param name="Read">The values that the heads have read. [N, R, W]</param>
public sealed record LeastUsedMemory(Tensor Keys, Tensor Values, Tensor Usage, Tensor Reads, Tensor Stored, Tensor Read)
{
    private const double UsageDecay = 0.99;

    // It is added to squared lengths, so that an empty slot is similar to nothing and has a derivative.
    private const double SmallestLength = 1e-3;

    /// <summary>An empty memory, whose slots are filled in their order at first.</summary>
    /// <param name="like">Gives the type and the device</param>
    public static LeastUsedMemory Empty(long tasks, long slots, long width, long heads, Tensor like)
    {
        // Equal usages would leave the order of the slots to the library.
        const double Apart = 1e-6;
        Tensor usage = (Indices(slots, like.dtype, like.device) * Number(Apart)).expand(tasks, slots);
        Tensor Zeros(params long[] shape) => zeros(shape, like.dtype, like.device);
        Tensor contents = Zeros(tasks, slots, width), none = Zeros(tasks, heads, slots);
        return new(contents, contents, usage, none, none, Zeros(tasks, heads, width));
    }

    /// <summary>Adds what is told, reads, then stores the keys.</summary>
    public LeastUsedMemory Next(MemoryHeads heads)
    {
        Tensor share = heads.ToRead.unsqueeze(2), added = (share * Reads).Plus(share.neg().Plus(1.0) * Stored);
        Tensor values = Values.Plus(added.transpose(1, 2).bmm(heads.Additions));
        Tensor cosines = heads.Keys.bmm(Keys.transpose(1, 2)) / (Lengths(heads.Keys).unsqueeze(2) * Lengths(Keys).unsqueeze(1));
        Tensor reads = (cosines * heads.Sharpness.unsqueeze(2)).softmax(2), stored = LeastUsed();
        Tensor kept = stored.sum([1]).neg().Plus(1.0).unsqueeze(2);
        Tensor used = reads.detach().Plus(stored).Plus(added.detach()).sum([1]);
        return new(
            (Keys * kept).Plus(stored.transpose(1, 2).bmm(heads.Keys)), values * kept, (Usage * Number(UsageDecay)).Plus(used),
            reads, stored, reads.bmm(values));
    }

    /// <summary>One at a slot for each head: at the least used slot for the first, at the next for the second. [N, R, S]</summary>
    private Tensor LeastUsed()
    {
        Tensor order = Usage.topk((int)Reads.shape[1], dim: 1, largest: false, sorted: true).indexes;
        return nn.functional.one_hot(order, Usage.shape[1]).to(Keys.dtype);
    }

    private static Tensor Lengths(Tensor rows) => rows.Square().sum([2]).Plus(SmallestLength).sqrt();
}
