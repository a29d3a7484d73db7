using System.Runtime.InteropServices;

namespace MamlRobotics.MetaLearning;

/// <summary>What the processes of a group tell each other.</summary>
public static class Gathering
{
    /// <summary>Gathers rows of a matrix, of which each process has computed some.</summary>
    /// <param name="own">The rows of this process, [n, ...], on a CPU; they may be none</param>
    /// <param name="rows">[Size], the number of rows of each process</param>
    /// <returns>The rows of all processes in their order</returns>
    public static Tensor Rows(this IProcessGroup group, Tensor own, IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(own);
        long[] rowShape = own.shape[1..];
        long rowBytes = rowShape.Aggregate(own.element_size(), (product, size) => product * size);
        Tensor all = zeros([rows.Sum(), .. rowShape], own.dtype);
        if (own.shape[0] > 0) all.narrow(0, rows.Take(group.Rank).Sum(), own.shape[0]).copy_(own);
        group.AllGather(all.bytes, [.. rows.Select(count => Bytes(count * rowBytes))]);
        return all;
    }

    /// <summary>
    /// Gathers several arrays that hold something of every item, of which each process has computed its share. They go in one
    /// message, because a message takes time however short it is.
    /// </summary>
    /// <param name="shares">The items of each process</param>
    /// <param name="arrays">Arrays of numbers, each with as many for every item</param>
    public static void Arrays(this IProcessGroup group, Share[] shares, params Array[] arrays)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(shares);
        int items = shares[^1].Next;
        int[] widths = [.. arrays.Select(array => Buffer.ByteLength(array) / items)];
        long width = widths.Sum(bytes => (long)bytes);
        var message = new byte[Bytes(width * items)];
        ForEach(shares[group.Rank], (array, at, place, length) => Buffer.BlockCopy(array, at, message, place, length));
        group.AllGather(message, [.. shares.Select(share => (int)width * share.Count)]);
        foreach (Share share in shares)
            ForEach(share, (array, at, place, length) => Buffer.BlockCopy(message, place, array, at, length));

        void ForEach(Share share, Action<Array, int, int, int> copy)
        {
            int place = (int)width * share.First;
            foreach ((Array array, int bytes) in arrays.Zip(widths))
            {
                copy(array, bytes * share.First, place, bytes * share.Count);
                place += bytes * share.Count;
            }
        }
    }

    /// <summary>Sends the message of the process of rank 0 to all.</summary>
    /// <param name="message">The message; of other processes it is not read</param>
    public static byte[] FromFirst(this IProcessGroup group, byte[] message)
    {
        ArgumentNullException.ThrowIfNull(group);
        int[] length = [.. group.FromEach(message.Length)];
        var all = new byte[length[0]];
        if (group.Rank == 0) message.CopyTo(all, 0);
        group.AllGather(all, [length[0], .. new int[group.Size - 1]]);
        return all;
    }

    /// <summary>A value of every process, in their order.</summary>
    public static T[] FromEach<T>(this IProcessGroup group, T own) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(group);
        var all = new T[group.Size];
        all[group.Rank] = own;
        Span<byte> bytes = MemoryMarshal.AsBytes(all.AsSpan());
        group.AllGather(bytes, [.. Enumerable.Repeat(bytes.Length / group.Size, group.Size)]);
        return all;
    }

    private static int Bytes(long count) => count <= Array.MaxLength ? (int)count
        : throw new TrainingException("An iteration has more data than processes can exchange in one message (2 GB); take fewer tasks.");
}
