using System.Globalization;
using static MamlRobotics.Envs.ArmParameter;

namespace MamlRobotics.Envs.Tests;

/// <summary>The arm beside MuJoCo (Todorov, Erez and Tassa 2012), which shares no line with this project.</summary>
public class MuJoCoTests
{
    private const double Density = 1000;

    private static readonly RandomStream Random = RandomStream.FromSeed(17).Stream("mujoco");

    /// <summary>The parameters that MuJoCo has too, with the range that they are drawn from.</summary>
    private static readonly (ArmParameter Parameter, double Low, double High)[] Drawn =
    [
        (Length1, 0.2, 1.5), (Length2, 0.2, 1.5), (Mass1, 0.1, 5), (Mass2, 0.1, 5), (Centre1, -0.2, 1), (Centre2, -0.2, 1),
        (Inertia1, 0.01, 0.5), (Inertia2, 0.01, 0.5), (Armature1, 0, 0.5), (Armature2, 0, 0.5), (Damping1, 0, 2), (Damping2, 0, 2),
        (Payload, 0.01, 2), (Gravity, -5, 20), (Gear1, 0.5, 20), (Gear2, 0.5, 20),
    ];

    [TheoryWithMuJoCo]
    [InlineData(ArmIntegrator.RungeKutta4, "RK4", false)]
    [InlineData(ArmIntegrator.RungeKutta4, "RK4", true)]
    [InlineData(ArmIntegrator.ImplicitFriction, "Euler", false)]
    [InlineData(ArmIntegrator.ImplicitFriction, "Euler", true)]
    public void Any_arm_moves_from_any_state_as_MuJoCos_does(ArmIntegrator integrator, string name, bool zeroIsDown)
    {
        for (int sample = 0; sample < 200; sample++)
        {
            var draws = new Queue<double>(Enumerable.Range(0, 30).Select(index => Random.Uniform(30 * sample + index)));
            double Draw(double low, double high) => low + (high - low) * draws.Dequeue();
            var parameters = Drawn.ToDictionary(entry => entry.Parameter, entry => Draw(entry.Low, entry.High));
            if (sample % 4 == 0) parameters[Damping1] = parameters[Damping2] = 0;
            var arm = new TwoLinkArm(
                new() { Integrator = integrator, TimeStep = 0.01, SubSteps = 3, ZeroIsDown = zeroIsDown, Parameters = parameters },
                TaskDistributions.Goal(1));
            double[] state = [Draw(-4, 4), Draw(-4, 4), Draw(-6, 6), Draw(-6, 6)], action = [Draw(-1.3, 1.3), Draw(-1.3, 1.3)];
            using var peer = new MuJoCoArm(arm.Design, name, Link(parameters, 1), Link(parameters, 2) + Load(parameters));
            AssertSameStep(peer, arm, [0, 0], state, action, tolerance: 1e-9);
        }
    }

    [FactWithMuJoCo]
    public void Unknown_payloads_are_lifted_as_MuJoCo_lifts_them()
    {
        TaskFamily family = TaskFamilies.ByName["arm-payloads"];
        var arm = (TwoLinkArm)family.Environment;
        TaskBatch tasks = family.Tasks.Sample(Random, 20);
        for (int task = 0; task < tasks.Count; task++)
        {
            var parameters = new Dictionary<ArmParameter, double>(arm.Design.Parameters) { [Payload] = tasks[task, 0] };
            using var peer = new MuJoCoArm(arm.Design, "RK4", Link(parameters, 1), Link(parameters, 2) + Load(parameters));
            AssertSameEpisode(peer, arm, [tasks[task, 0]], family.Start(tasks.Row(task), 0), task, tolerance: 1e-9);
        }
    }

    /// <summary>MuJoCo finds mass and inertia of the sources' capsules and balls itself. Both joints stay within their limits.</summary>
    [TheoryWithMuJoCo]
    [InlineData("gymnasium-reacher", "RK4", 0.1, 0.1, 0.11)]
    [InlineData("dmc-reacher-easy", "Euler", 0.12, 0.1, 0.12)]
    public void The_reachers_move_as_the_capsules_of_their_sources(string name, string integrator, double first, double second, double tip)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        var arm = (TwoLinkArm)family.Environment;
        string ball = Invariant($"<geom type='sphere' size='0.01' pos='{tip} 0 0'/>");
        using var peer = new MuJoCoArm(arm.Design, integrator, Capsule(first), Capsule(second) + ball);
        for (int sample = 0; sample < 200; sample++)
        {
            double Draw(int index) => 2 * Random.Uniform(6 * sample + index) - 1;
            double[] state = [3 * Draw(0), 2 * Draw(1), 5 * Draw(2), 5 * Draw(3)];
            AssertSameStep(peer, arm, [0.1, 0], state, [Draw(4), Draw(5)], tolerance: 1e-9);
        }
    }

    private static void AssertSameEpisode(MuJoCoArm peer, TwoLinkArm arm, double[] task, double[] state, int index, double tolerance)
    {
        for (int t = 0; t < arm.Spec.Horizon; t++)
        {
            double Draw(int axis) => 2 * Random.Stream("actions", index).Uniform(2 * t + axis) - 1;
            AssertSameStep(peer, arm, task, state, [Draw(0), Draw(1)], tolerance);
        }
    }

    /// <summary>Advances the state by one step of the arm and requires that MuJoCo reaches the same.</summary>
    private static void AssertSameStep(
        MuJoCoArm peer, TwoLinkArm arm, double[] task, double[] state, double[] action, double tolerance)
    {
        double[] expected = peer.Step(state, action);
        Play.Step(arm, task, action, state);
        for (int i = 0; i < state.Length; i++)
            Assert.True(Math.Abs(expected[i] - state[i]) <= tolerance * (1 + Math.Abs(expected[i])), $"{expected[i]:R} {state[i]:R}");
    }

    private static string Link(Dictionary<ArmParameter, double> parameters, int link) => link == 1
        ? Inertial(parameters[Mass1], parameters[Centre1], parameters[Inertia1])
        : Inertial(parameters[Mass2], parameters[Centre2], parameters[Inertia2]);

    /// <summary>A point at the tip. MuJoCo asks for some inertia of every mass.</summary>
    private static string Load(Dictionary<ArmParameter, double> parameters) =>
        $"<body>{Inertial(parameters[Payload], parameters[Length2], 1e-14)}</body>";

    private static string Inertial(double mass, double centre, double inertia) =>
        Invariant($"<inertial mass='{mass:R}' pos='{centre:R} 0 0' diaginertia='{inertia:R} {inertia:R} {inertia:R}'/>");

    private static string Capsule(double length) => Invariant($"<geom type='capsule' size='0.01' fromto='0 0 0 {length} 0 0'/>");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
