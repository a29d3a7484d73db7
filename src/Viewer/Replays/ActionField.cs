using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Policies;
using Scalar = MamlRobotics.Envs.Scalar;

namespace MamlRobotics.Viewer;

/// <summary>
/// The mean action over two coordinates of the state, which are a point's position or an arm's angles. The other
/// coordinates are zero, so that the robot is at rest.
/// </summary>
/// <param name="Axes">Names and units of the two coordinates</param>
/// <param name="Cells">Number of cells on each axis; the action of a cell is that at its middle</param>
/// <param name="Actions">
/// [K + 1][Cells * Cells], in the environment's units within the actuator limits, the lowest row first
/// </param>
public sealed record ActionField(
    (Coordinate X, Coordinate Y) Axes, Vector2 Low, Vector2 High, int Cells, IReadOnlyList<Vector2[]> Actions)
{
    private const int CellsPerAxis = 11, CellCount = CellsPerAxis * CellsPerAxis;

    public Vector2 Middle(int cell) => Low + (High - Low) * new Vector2(cell % Cells + 0.5f, cell / Cells + 0.5f) / Cells;

    /// <summary>Asks the policy after every gradient step for its mean at every cell.</summary>
    /// <param name="observed">The family with the observations that the policy gets</param>
    /// <param name="parameters">[K + 1][P]</param>
    /// <param name="pasts">[K + 1], what the policy remembers at the start of an episode; null where it remembers nothing</param>
    /// <param name="actionUnit">One unit of the policy's output in the environment's action units</param>
    public static ActionField Of(
        TaskFamily observed, ReadOnlySpan<double> task, GaussianPolicy policy, double actionUnit, IReadOnlyList<float[]> parameters,
        IReadOnlyList<Past?> pasts, Vector2 low, Vector2 high)
    {
        ArgumentNullException.ThrowIfNull(observed);
        EnvironmentSpec spec = observed.Spec;
        var empty = new ActionField((spec.State[0], spec.State[1]), low, high, CellsPerAxis, []);
        float[] observations = empty.Observe(observed, task);
        return empty with
        {
            Actions = [.. parameters.Zip(pasts, (flat, past) => TensorScope.Free(() => MeanActions(flat, past)))],
        };

        Vector2[] MeanActions(float[] flat, Past? past)
        {
            using IDisposable withoutGraph = no_grad();
            Tensor seen = observations.CopyToTensor([1, CellCount, spec.Observation.Count]);
            Past before = past?.OfFirst(CellCount) ?? Past.None(policy, 1, CellCount, CPU);
            if (past is not null) seen = before.Seen(seen.to(before.Memory.device));
            Tensor acting = flat.CopyToTensor(device: seen.device).unsqueeze(0);
            float[] means = [.. policy.Step(acting, seen, before.Memory).Policy.Mean.contiguous().cpu().data<float>()];
            float Mean(int cell, int i) => i < spec.Action.Count
                ? Limited(spec.Action[i], means[cell * spec.Action.Count + i] * actionUnit) : 0;
            return [.. Enumerable.Range(0, CellCount).Select(cell => new Vector2(Mean(cell, 0), Mean(cell, 1)))];
        }
    }

    /// <summary>The observations of the middles of all cells. [cells * obs]</summary>
    private float[] Observe(TaskFamily observed, ReadOnlySpan<double> task)
    {
        int size = observed.Spec.Observation.Count;
        Scalar[] row = new Scalar[task.Length];
        Scalar[] state = new Scalar[observed.Spec.State.Count], observation = new Scalar[size];
        for (int i = 0; i < row.Length; i++) row[i] = new(task[i]);
        var observations = new float[Cells * Cells * size];
        for (int cell = 0; cell < Cells * Cells; cell++)
        {
            Vector2 at = Middle(cell);
            (state[0], state[1]) = (new(at.X), new(at.Y));
            observed.Environment.Observe<Scalar>(row, state, observation);
            for (int i = 0; i < size; i++) observations[cell * size + i] = (float)observation[i].Value;
        }
        return observations;
    }

    private static float Limited(Coordinate action, double value) => (float)Math.Clamp(value, action.Low, action.High);
}
