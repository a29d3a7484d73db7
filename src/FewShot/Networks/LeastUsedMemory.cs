namespace MamlRobotics.FewShot;

/// <summary>What R heads do with a memory at a time step.</summary>
/// <param name="Keys">What each head looks for, and stores in the slot that was used least recently. [N, R, W]</param>
/// <param name="Told">What it adds to the slots that it read at the step before. [N, R, W]</param>
/// <param name="ToRead">The share of its writing that goes to those slots; the rest stores the key. [N, R]</param>
/// <param name="Sharpness">The factor of similarities when it reads. [N, R]</param>
public readonly record struct MemoryHeads(Tensor Keys, Tensor Told, Tensor ToRead, Tensor Sharpness);

/// <summary>
/// A memory of S slots of W numbers for each of N tasks, which R heads read by similarity, and in which they write to what they have
/// just read or to the slots that were used least recently. Santoro et al. 2016, section 3.2, arXiv 1605.06065.
/// </summary>
/// <remarks>
/// Three things differ from the paper. Each head has a least recently used slot of its own. What it adds to a slot that it has read is not
/// the key but another vector, so that a label, which comes a step late, is put beside the key of its picture. Similarities are
/// sharpened as in Graves et al. 2014, equation 5, arXiv 1410.5401, as the softmax over many slots is nearly flat otherwise.
/// </remarks>
/// <param name="Slots">What the memory holds. [N, S, W]</param>
/// <param name="Usage">How much and how recently each slot was read or written, without a graph. [N, S]</param>
/// <param name="Reads">The weights of the last reading. [N, R, S]</param>
public sealed record LeastUsedMemory(Tensor Slots, Tensor Usage, Tensor Reads)
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
        return new(Zeros(tasks, slots, width), usage, Zeros(tasks, heads, slots));
    }

    /// <summary>Writes, then reads.</summary>
    public LeastUsedMemory Next(MemoryHeads heads)
    {
        Tensor leastUsed = LeastUsed(), share = heads.ToRead.unsqueeze(2);
        Tensor stored = share.neg().Plus(1.0) * leastUsed, added = share * Reads;
        Tensor written = cat([stored, added], 1).transpose(1, 2).bmm(cat([heads.Keys, heads.Told], 1));
        Tensor slots = (Slots * leastUsed.sum([1]).neg().Plus(1.0).unsqueeze(2)).Plus(written);
        Tensor cosines = heads.Keys.bmm(slots.transpose(1, 2)) / (Lengths(heads.Keys).unsqueeze(2) * Lengths(slots).unsqueeze(1));
        Tensor reads = (cosines * heads.Sharpness.unsqueeze(2)).softmax(2);
        Tensor used = reads.detach().Plus(stored.detach()).Plus(added.detach()).sum([1]);
        return new(slots, (Usage * Number(UsageDecay)).Plus(used), reads);
    }

    /// <summary>What the heads have read. [N, R, W]</summary>
    public Tensor Read() => Reads.bmm(Slots);

    /// <summary>One at a slot for each head: at the least used slot for the first, at the next for the second. [N, R, S]</summary>
    private Tensor LeastUsed()
    {
        Tensor order = Usage.topk((int)Reads.shape[1], dim: 1, largest: false, sorted: true).indexes;
        return nn.functional.one_hot(order, Usage.shape[1]).to(Slots.dtype);
    }

    private static Tensor Lengths(Tensor rows) => rows.Square().sum([2]).Plus(SmallestLength).sqrt();
}
