namespace MamlRobotics.Policies;

/// <summary>
/// The places of packed samples in their sequences. Packed samples are [N, M, ...], sequence after sequence; unpacked they are
/// [N, S, T, ...] with the number S of sequences of the task that has the most and the length T of the longest sequence.
/// </summary>
internal sealed class Sequences
{
    private readonly Tensor place;
    private readonly long count, length;

    /// <param name="timeSteps">
    /// [N, M], the time step of each sample, counted from 0 at the start of each sequence, and -1 for padding
    /// </param>
    public Sequences(Tensor timeSteps)
    {
        Tensor steps = timeSteps.to(int64), sequence = steps.eq(Number(0L)).to(int64).cumsum(1).Plus(-1L);
        double[] largest = ReadNumbers(sequence.max().to(float64), steps.max().to(float64));
        (count, length) = ((long)largest[0] + 1, (long)largest[1] + 1);
        // Padding goes to a place of its own, after all sequences.
        place = where(steps.ge(Number(0L)), (sequence * Number(length)).Plus(steps), full_like(steps, Number(count * length)));
    }

    /// <summary>[N, M, features] to [N, S, T, features], with zeros after the end of a sequence</summary>
    public Tensor Unpack(Tensor samples)
    {
        Tensor empty = zeros([samples.shape[0], count * length + 1, samples.shape[2]], samples.dtype, samples.device);
        Tensor unpacked = empty.scatter(1, Index(samples.shape[2]), samples).narrow(1, 0, count * length);
        return unpacked.view(samples.shape[0], count, length, samples.shape[2]);
    }

    /// <summary>[N, S, T, features] to [N, M, features], with zeros for padding</summary>
    public Tensor Pack(Tensor unpacked) =>
        nn.functional.pad(unpacked.flatten(1, 2), [0, 0, 0, 1]).gather(1, Index(unpacked.shape[3]));

    private Tensor Index(long features) => place.unsqueeze(2).expand(-1, -1, features);
}
