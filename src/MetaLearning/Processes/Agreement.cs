using System.Security.Cryptography;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// Keeps the processes of a group together from one iteration to the next: they stop after the same one, and hold the same
/// meta-parameters.
/// </summary>
internal sealed class Agreement(IProcessGroup group, CancellationToken wish) : IDisposable
{
    /// <param name="WantsToStop">One where a process was asked to stop</param>
    private readonly record struct Message(ulong Fingerprint, ulong WantsToStop);

    private readonly CancellationTokenSource decision = new();

    /// <summary>Is requested in all processes once one of them was asked to stop.</summary>
    public CancellationToken Stop => decision.Token;

    /// <param name="meta">[Q], the meta-parameters of this process</param>
    /// <exception cref="TrainingException">Another process has other meta-parameters.</exception>
    public void Reach(Tensor meta)
    {
        ulong fingerprint = group.Size == 1 ? 0 : BitConverter.ToUInt64(SHA256.HashData(meta.cpu().contiguous().bytes));
        Message[] messages = group.FromEach(new Message(fingerprint, wish.IsCancellationRequested ? 1UL : 0));
        int other = Array.FindIndex(messages, message => message.Fingerprint != messages[0].Fingerprint);
        if (other > 0) throw new TrainingException(FormattableString.Invariant(
            $"Process {other} came to other meta-parameters than process 0. Start all on processors of one kind, with the same program."));
        if (messages.Any(message => message.WantsToStop > 0)) decision.Cancel();
    }

    public void Dispose() => decision.Dispose();
}
