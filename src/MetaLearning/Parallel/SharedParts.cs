namespace MamlRobotics.MetaLearning;

/// <summary>
/// Shares the parts of the tasks out to the processes of a group, and those of a process to its threads. Every process then has the
/// results of all parts, in their order. A part is computed in the same way by whatever process, so a sum over the parts is the same
/// for any number of processes.
/// </summary>
internal static class SharedParts
{
    /// <summary>Computes rows for the tasks of each part, and puts them together. [N, P]</summary>
    /// <param name="like">[N, P], of the shape and type of the result</param>
    public static Tensor Rows<TSamples>(
        IProcessGroup group, TaskPart<TSamples>[] parts, int threads, Tensor like, Func<TaskPart<TSamples>, Tensor> compute)
        where TSamples : ITaskSamples<TSamples>
    {
        if (group.Size == 1) return cat(TensorScope.RunEach(parts.Length, threads, part => compute(parts[part])));
        Share[] shares = Share.Of(parts.Length, group);
        Tensor[] own = OfOwn(shares[group.Rank], threads, part => compute(parts[part]));
        int[] rows = [.. shares.Select(share => (int)parts[share.First..share.Next].Sum(part => part.Count))];
        return group.Rows(own.Length > 0 ? cat(own) : like.narrow(0, 0, 0), rows);
    }

    /// <summary>Computes a vector for each part.</summary>
    /// <param name="like">A vector of the same length and type</param>
    public static Tensor[] Vectors(IProcessGroup group, int parts, int threads, Tensor like, Func<int, Tensor> compute)
    {
        if (group.Size == 1) return TensorScope.RunEach(parts, threads, compute);
        Share[] shares = Share.Of(parts, group);
        Tensor[] own = OfOwn(shares[group.Rank], threads, compute);
        Tensor rows = own.Length > 0 ? stack(own) : like.unsqueeze(0).narrow(0, 0, 0);
        return group.Rows(rows, [.. shares.Select(share => share.Count)]).unbind();
    }

    /// <summary>Computes a loss for each part.</summary>
    public static OuterLoss[] Losses(IProcessGroup group, int parts, int threads, Func<int, OuterLoss> compute)
    {
        if (group.Size == 1) return TensorScope.RunEach(parts, threads, compute);
        Share[] shares = Share.Of(parts, group);
        Share share = shares[group.Rank];
        // A process without a part computes one all the same, to know what a loss consists of.
        OuterLoss[] own = TensorScope.RunEach(Math.Max(1, share.Count), threads, part => compute(Math.Min(share.First + part, parts - 1)));
        Tensor packed = stack(own.Select(loss => loss.Packed)).narrow(0, 0, share.Count);
        return [.. group.Rows(packed, [.. shares.Select(one => one.Count)]).unbind().Select(own[0].Unpacked)];
    }

    private static Tensor[] OfOwn(Share own, int threads, Func<int, Tensor> compute) =>
        TensorScope.RunEach(own.Count, threads, part => compute(own.First + part));
}
