namespace MamlRobotics.Envs;

/// <summary>The CPU simulator, with the operations that the contract needs.</summary>
public sealed class LaneSubject(TaskFamily family, TaskBatch tasks, int trajectoriesPerTask, bool autoReset) : IContractSubject
{
    private readonly int count = tasks.Count * trajectoriesPerTask;
    private readonly BatchSimulator simulator = family.CreateSimulator(tasks, trajectoriesPerTask, new SimulatorOptions(autoReset));

    public double[][] States => Rows(family.Spec.State.Count, (row, column) => simulator.State(row)[column]);
    public double[][] Observations => Rows(family.Spec.Observation.Count, (row, column) => simulator.Observation(row)[column]);
    public double[][] FinalObservations => Rows(family.Spec.Observation.Count, (row, column) => simulator.FinalObservation(row)[column]);
    public double[] Rewards => [.. Columns.Select(column => (double)simulator.Rewards[column])];
    public bool[] Terminated => Flags(simulator.IsTerminated);
    public bool[] Truncated => Flags(simulator.IsTruncated);

    public void Reset(RandomStream stream) => simulator.Reset(stream);

    public void SetStates(double[][] states) => Write(states, (row, column, value) => simulator.State(row)[column] = value);

    public void Step(double[][] actions)
    {
        Write(actions, (row, column, value) => simulator.Action(row)[column] = value);
        simulator.Step();
    }

    private IEnumerable<int> Columns =>
        Enumerable.Range(0, count).Select(e => e / trajectoriesPerTask * simulator.Stride + e % trajectoriesPerTask);

    private double[][] Rows(int rows, Func<int, int, float> read) =>
        [.. Columns.Select(column => Enumerable.Range(0, rows).Select(row => (double)read(row, column)).ToArray())];

    private bool[] Flags(Func<int, int, bool> read) =>
        [.. Enumerable.Range(0, count).Select(e => read(e / trajectoriesPerTask, e % trajectoriesPerTask))];

    private void Write(double[][] values, Action<int, int, float> write)
    {
        foreach ((int column, double[] numbers) in Columns.Zip(values))
            for (int row = 0; row < numbers.Length; row++) write(row, column, (float)numbers[row]);
    }
}
