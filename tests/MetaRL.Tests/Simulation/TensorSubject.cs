using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>The tensor simulator as the contract sees it.</summary>
internal sealed class TensorSubject(
    TaskFamily family, TaskBatch tasks, int trajectories, bool autoReset, Device device, bool drawsOnDevice = false) : IContractSubject
{
    private readonly TensorSimulator simulator = new(family, tasks, trajectories, device, autoReset, drawsOnDevice);

    public double[][] States => Columns(simulator.States);
    public double[][] Observations => Columns(simulator.Observations);
    public double[][] FinalObservations => Columns(simulator.FinalObservations);
    public double[] Rewards => TensorScope.Free(() => Numbers(simulator.Rewards));
    public bool[] Terminated => Flags(simulator.Terminated);
    public bool[] Truncated => Flags(simulator.Truncated);

    public void Reset(RandomStream stream) => simulator.Reset(stream);

    public void SetStates(double[][] states) => TensorScope.Free(() => simulator.States = Rows(states));

    public void Step(double[][] actions) => TensorScope.Free(() => simulator.Step(Rows(actions)));

    private Tensor Rows(double[][] columns)
    {
        int rows = columns[0].Length;
        float[] values = [.. Enumerable.Range(0, rows).SelectMany(row => columns.Select(column => (float)column[row]))];
        return tensor(values, [rows, columns.Length], device: device);
    }

    private static double[][] Columns(Tensor rows) => TensorScope.Free(() =>
        Numbers(rows.t().contiguous()).Chunk((int)rows.shape[0]).ToArray());

    private static double[] Numbers(Tensor values) => [.. values.cpu().contiguous().data<float>().ToArray().Select(value => (double)value)];

    private static bool[] Flags(Tensor flags) => TensorScope.Free(() => flags.cpu().data<bool>().ToArray());
}
