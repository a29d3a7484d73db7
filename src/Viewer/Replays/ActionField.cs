using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.Policies;
using Scalar = MamlRobotics.Envs.Scalar;

namespace MamlRobotics.Viewer;

/// <summary>
/// The mean action over two coordinates of the state: a point's position, or an arm's angles. The other coordinates are
/// zero, so a robot at rest is meant.
/// </summary>
/// <param name="Axes">Names and units of the two coordinates</param>
/// <param name="Cells">On each axis; a cell's action is that at its middle</param>
/// <param name="Actions">[K + 1][Cells * Cells], in the environment's units within the actuator limits, the lowest row first</param>
public sealed record ActionField((Coordinate X, Coordinate Y) Axes, Vector2 Low, Vector2 High, int Cells, IReadOnlyList<Vector2[]> Actions)
{
    private const int DefaultCells = 11;

    public Vector2 Middle(int cell) => Low + (High - Low) * new Vector2(cell % Cells + 0.5f, cell / Cells + 0.5f) / Cells;

    /// <summary>Asks the policy after every gradient step for its mean at every cell.</summary>
    /// <param name="parameters">[K + 1][P]</param>
    /// <param name="actionUnit">What one unit of policy output is in the environment's action units</param>
    public static ActionField Of(
        EnvironmentSpec spec, IEnvironment environment, ReadOnlySpan<double> task, GaussianMlp policy, double actionUnit,
        IReadOnlyList<float[]> parameters, Vector2 low, Vector2 high)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(environment);
        var empty = new ActionField((spec.State[0], spec.State[1]), low, high, DefaultCells, []);
        var network = new FusedMlp(policy);
        network.Reserve(DefaultCells * DefaultCells);
        empty.Observe(spec, environment, task, network);
        return empty with
        {
            Actions = [.. parameters.Select(flat =>
            {
                network.Load(flat);
                network.Forward(DefaultCells * DefaultCells);
                var actions = new Vector2[DefaultCells * DefaultCells];
                for (int cell = 0; cell < actions.Length; cell++)
                {
                    float Mean(int i) => i < spec.Action.Count ? Limited(spec.Action[i], network.Mean(i)[cell] * actionUnit) : 0;
                    actions[cell] = new Vector2(Mean(0), Mean(1));
                }
                return actions;
            })],
        };
    }

    private void Observe(EnvironmentSpec spec, IEnvironment environment, ReadOnlySpan<double> task, FusedMlp network)
    {
        Scalar[] row = new Scalar[task.Length], state = new Scalar[spec.State.Count], observation = new Scalar[spec.Observation.Count];
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
