using System.Globalization;
using static MamlRobotics.Envs.ArmParameter;

namespace MamlRobotics.Envs.Tests;

/// <summary>A two-link arm in MuJoCo, in the plane of x and y, with gravity along -y.</summary>
internal sealed class MuJoCoArm : IDisposable
{
    private readonly (nint Model, nint Data) simulation;
    private readonly ArmDesign design;

    /// <param name="design">Whence joints, motors and steps come</param>
    /// <param name="link1">XML of what link 1 is made of: geometries, or an inertia with bodies that are welded to it</param>
    public MuJoCoArm(ArmDesign design, string integrator, string link1, string link2)
    {
        this.design = design;
        string file = Path.Combine(Path.GetTempPath(), $"maml-{Guid.NewGuid():N}.xml");
        File.WriteAllText(file, Xml(integrator, link1, link2));
        try
        {
            simulation = MuJoCoLibrary.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The state, [4], after an action of the environment.</summary>
    public double[] Step(double[] state, double[] action) => MuJoCoLibrary.Step(simulation, state, action, design.SubSteps);

    public void Dispose() => MuJoCoLibrary.Free(simulation);

    private string Xml(string integrator, string link1, string link2)
    {
        double Value(ArmParameter parameter) =>
            design.Parameters.GetValueOrDefault(parameter, TwoLinkArm.Parameters[(int)parameter].Value);
        string Joint(int joint, ArmParameter armature, ArmParameter damping) => Invariant(
            $"<joint name='{joint}' type='hinge' axis='0 0 1' armature='{Value(armature):R}' damping='{Value(damping):R}'/>");
        string Motor(int joint, ArmParameter gear) => Invariant(
            $"<motor joint='{joint}' gear='{Value(gear):R}' ctrlrange='-1 1' ctrllimited='true'/>");
        string axes = design.ZeroIsDown ? "0 -1 0 1 0 0" : "1 0 0 0 1 0";
        return Invariant($"""
            <mujoco>
              <option timestep='{design.TimeStep / design.SubSteps:R}' integrator='{integrator}' gravity='0 {-Value(Gravity):R} 0'>
                <flag contact='disable'/>
              </option>
              <worldbody>
                <body xyaxes='{axes}'>
                  {Joint(1, Armature1, Damping1)}{link1}
                  <body pos='{Value(Length1):R} 0 0'>{Joint(2, Armature2, Damping2)}{link2}</body>
                </body>
              </worldbody>
              <actuator>{Motor(1, Gear1)}{Motor(2, Gear2)}</actuator>
            </mujoco>
            """);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
