using static MamlRobotics.Envs.ArmParameter;

namespace MamlRobotics.Envs;

/// <summary>
/// This project's own families of coupled arms, which no other project has. One reaches for unknown goals, the others for a known
/// goal with unknown dynamics. The links are uniform rods of 2 kg/m, and the motors have gears and therefore rotor inertia. Without it,
/// full torque would turn the light links faster than an integration step resolves (docs/decisions/0011-arms-with-rotor-inertia.md).
/// </summary>
internal static class OwnArms
{
    private const string Source = "this project";
    private const double LinearDensity = 2, Length = 0.5, ShortestLink = 0.3, LongestLink = 0.7;

    private static readonly ArmDesign Horizontal = new()
    {
        Integrator = ArmIntegrator.RungeKutta4, TimeStep = 0.05, SubSteps = 2, StartAngles = (0, Math.PI / 2), ControlWeight = 0.01,
        Parameters = With((Damping1, 0.2), (Damping2, 0.2), (Armature1, 0.02), (Armature2, 0.02), (Gear1, 2), (Gear2, 1)),
    };

    // The motors can hold the stretched arm with its heaviest load.
    private static readonly ArmDesign Vertical = Horizontal with
    {
        StartAngles = (-Math.PI / 2, 0),
        Parameters = With(
            (Damping1, 2), (Damping2, 1), (Armature1, 0.4), (Armature2, 0.2), (Gear1, 30), (Gear2, 15), (Gravity, 9.81),
            (GoalX, 0.6), (GoalY, 0.3)),
    };

    // Coulomb friction changes its sign within a small range of velocities, which needs shorter integration steps.
    private static readonly ArmDesign Rough = Horizontal with
    {
        SubSteps = 6, Parameters = With(Horizontal.Parameters, (Armature1, 0.05), (Armature2, 0.05), (GoalX, 0.4), (GoalY, 0.4)),
    };

    public static IEnumerable<TaskFamily> All =>
    [
        .. ArmPresets.Reacher(
            "arm-goals", Horizontal, [.. Horizontal.Observes, ArmObservation.Goal, ArmObservation.TipFromGoal],
            TaskDistributions.GoalsInAnnulus(0.2, 0.9), Source, "A horizontal arm reaches for goals within its reach."),
        ArmPresets.Preset(
            "arm-payloads", Vertical, TaskDistributions.Uniform(new Coordinate("payload", "kg", 0, 1)), Source,
            "A vertical arm lifts an unknown load to a fixed goal."),
        ArmPresets.Preset(
            "arm-links", Horizontal with { Parameters = With(Horizontal.Parameters, (GoalX, 0.4), (GoalY, 0.4)) }, Links, Source,
            "A horizontal arm whose links have an unknown length, with the mass and inertia of that length, reaches for a fixed goal."),
        ArmPresets.Preset(
            "arm-friction", Rough, Frictions, Source,
            "A horizontal arm with unknown viscous and Coulomb friction reaches for a fixed goal."),
        ArmPresets.Preset(
            "arm-gravity", Vertical, TaskDistributions.Uniform(new Coordinate("gravity", "m/s^2", 0, 20)), Source,
            "A vertical arm under unknown gravity reaches for a fixed goal."),
    ];

    private static ITaskDistribution Frictions => TaskDistributions.Uniform(
        new("damping_1", "N m s/rad", 0.05, 1), new("damping_2", "N m s/rad", 0.05, 1),
        new("coulomb_1", "N m", 0, 0.6), new("coulomb_2", "N m", 0, 0.3));

    private static ITaskDistribution Links => new DrawnTasks([.. LinkColumns(1), .. LinkColumns(2)], draws: 2, (uniforms, row) =>
    {
        for (int link = 0; link < 2; link++)
        {
            double length = ShortestLink + (LongestLink - ShortestLink) * uniforms[link];
            (double mass, double centre, double inertia) = Rod(length);
            new[] { length, mass, centre, inertia }.CopyTo(row[(4 * link)..]);
        }
    });

    private static Coordinate[] LinkColumns(int link)
    {
        (double Mass, double Centre, double Inertia) shortest = Rod(ShortestLink), longest = Rod(LongestLink);
        return
        [
            new($"length_{link}", "m", ShortestLink, LongestLink),
            new($"mass_{link}", "kg", shortest.Mass, longest.Mass),
            new($"centre_{link}", "m", shortest.Centre, longest.Centre),
            new($"inertia_{link}", "kg m^2", shortest.Inertia, longest.Inertia),
        ];
    }

    private static (double Mass, double Centre, double Inertia) Rod(double length) =>
        (LinearDensity * length, length / 2, LinearDensity * Math.Pow(length, 3) / 12);

    private static Dictionary<ArmParameter, double> With(params (ArmParameter Parameter, double Value)[] values)
    {
        (double mass, double centre, double inertia) = Rod(Length);
        var parameters = new Dictionary<ArmParameter, double>
        {
            [Length1] = Length, [Length2] = Length, [Mass1] = mass, [Mass2] = mass,
            [Centre1] = centre, [Centre2] = centre, [Inertia1] = inertia, [Inertia2] = inertia,
        };
        return With(parameters, values);
    }

    private static Dictionary<ArmParameter, double> With(
        IReadOnlyDictionary<ArmParameter, double> others, params (ArmParameter Parameter, double Value)[] values)
    {
        var parameters = new Dictionary<ArmParameter, double>(others);
        foreach ((ArmParameter parameter, double value) in values) parameters[parameter] = value;
        return parameters;
    }
}
