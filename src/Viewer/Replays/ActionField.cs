using System.Numerics;
using MamlRobotics.Envs;
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
    /// <param name="parameters">[K + 1][P]</param>
    /// <param name="actionUnit">One unit of the policy's output in the environment's action units</param>
    public static ActionField Of(
        EnvironmentSpec spec, IEnvironment environment, ReadOnlySpan<double> task, GaussianMlp policy, double actionUnit,
        IReadOnlyList<float[]> parameters, Vector2 low, Vector2 high)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(environment);
        var empty = new ActionField((spec.State[0], spec.State[1]), low, high, CellsPerAxis, []);
        var network = new FusedMlp(policy);
        network.Reserve(CellCount);
        empty.Observe(spec, environment, task, network);
        return empty with { Actions = [.. parameters.Select(flat => MeanActions(spec, network, flat, actionUnit))] };
    }

    private static Vector2[] MeanActions(EnvironmentSpec spec, FusedMlp network, float[] parameters, double actionUnit)
    {
        network.Load(parameters);
        network.Forward(CellCount);
        var actions = new Vector2[CellCount];
        for (int cell = 0; cell < actions.Length; cell++)
        {
            float Mean(int i) => i < spec.Action.Count ? Limited(spec.Action[i], network.Mean(i)[cell] * actionUnit) : 0;
            actions[cell] = new Vector2(Mean(0), Mean(1));
        }
        return actions;
    }

    private void Observe(EnvironmentSpec spec, IEnvironment environment, ReadOnlySpan<double> task, FusedMlp network)
    {
        Scalar[] row = new Scalar[task.Length];
        Scalar[] state = new Scalar[spec.State.Count], observation = new Scalar[spec.Observation.Count];
        for (int i = 0; i < row.Length; i++) row[i] = new(task[i]);
        for (int cell = 0; cell < Cells * Cells; cell++)
        {
            Vector2 at = Middle(cell);
            (state[0], state[1]) = (new(at.X), new(at.Y));
            environment.Observe<Scalar>(row, state, observation);
            for (int i = 0; i < observation.Length; i++) network.Input(i)[cell] = (float)observation[i].Value;
        }
    }

    private static float Limited(Coordinate action, double value) => (float)Math.Clamp(value, action.Low, action.High);
}
