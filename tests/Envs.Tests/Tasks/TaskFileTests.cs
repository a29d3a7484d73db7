namespace MamlRobotics.Envs.Tests;

public class TaskFileTests : IDisposable
{
    private const string FrictionColumns = "damping_1,damping_2,coulomb_1,coulomb_2\n";
    private const string LinkColumns = "length_1,mass_1,centre_1,inertia_1,length_2,mass_2,centre_2,inertia_2\n";

    private readonly string path = Path.GetTempFileName();
    private static readonly TaskFamily Links = TaskFamilies.ByName["arm-links"];

    public void Dispose()
    {
        File.Delete(path);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Tasks_read_are_the_tasks_written_to_the_last_bit()
    {
        TaskBatch tasks = Links.Tasks.Sample(RandomStream.FromSeed(1), 7);
        TaskFile.Write(path, tasks);
        TaskBatch read = TaskFile.Read(path, Links.Spec);
        Assert.Equal(tasks.Columns, read.Columns);
        for (int task = 0; task < 7; task++) Assert.Equal(tasks.Row(task).ToArray(), read.Row(task).ToArray());
    }

    [Fact]
    public void An_arm_whose_joint_has_nothing_to_turn_is_refused()
    {
        File.WriteAllText(path, "mass_2,inertia_2\n0,0.02\n0,0\n");
        var arm = new TwoLinkArm(new(), [new("mass_2", "kg"), new("inertia_2", "kg m^2")]);
        string message = Assert.Throws<InputException>(() => TaskFile.Read(path, arm.Spec)).Message;
        Assert.StartsWith("Row 2 of", message);
        Assert.Contains("a joint has no mass or inertia", message);
    }

    [Theory]
    [InlineData("arm-payloads", "payload\n0.2\n0\n-0.5\n", "Row 3 of", "payload is -0.5 and cannot be below 0")]
    [InlineData("arm-friction", FrictionColumns + "0.1,-0.1,0,0\n", "Row 1 of", "damping_2 is -0.1 and cannot")]
    [InlineData("arm-friction", FrictionColumns + "0.1,0.1,0,0\n0,0,-1,0\n", "Row 2 of", "coulomb_1 is -1 and cannot")]
    [InlineData("arm-links", LinkColumns + "0.5,1,0.25,0.02,0.5,-1,0.25,0.02\n", "Row 1 of", "mass_2 is -1")]
    [InlineData("maml-nav", "goal_x,goal_y\n1,2\n1,1e39\n", "Row 2 of", "goal_y is 1E+39, which is too large")]
    public void A_task_that_cannot_be_is_refused_with_its_row(string family, string content, string row, string flaw)
    {
        File.WriteAllText(path, content);
        string message = Assert.Throws<InputException>(() => TaskFile.Read(path, TaskFamilies.ByName[family].Spec)).Message;
        Assert.StartsWith(row, message);
        Assert.Contains(flaw, message);
    }

    [Fact]
    public void No_simulator_takes_a_task_that_cannot_be_wherever_it_comes_from()
    {
        TaskFamily payloads = TaskFamilies.ByName["arm-payloads"];
        string message = Assert.Throws<InputException>(() => payloads.CreateSimulator(new TaskBatch(["payload"], [0.5, -0.5]), 1)).Message;
        Assert.StartsWith("Task 2 is impossible: payload is -0.5", message);
        var pushed = new PointRobot(new() { Control = PointControl.Force }, [new("mass", "kg", 0, 1)]);
        Assert.Contains("a force can only move a mass", pushed.Spec.Flaw([0]));
        Assert.Null(pushed.Spec.Flaw([0.1]));
        // By velocity a robot without mass moves as well as any.
        Assert.Null(new PointRobot(new(), [new("mass", "kg", 0, 1)]).Spec.Flaw([0]));
    }

    /// <summary>Links that are points: the mass matrix is positive definite as long as both have a mass.</summary>
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 0, false)]
    [InlineData(0, 1, false)]
    public void Two_points_on_massless_rods_can_be_turned_if_both_have_a_mass(double mass1, double mass2, bool isPossible)
    {
        var points = new Dictionary<ArmParameter, double>
        {
            [ArmParameter.Inertia1] = 0, [ArmParameter.Inertia2] = 0, [ArmParameter.Centre1] = 1, [ArmParameter.Centre2] = 1,
        };
        var arm = new TwoLinkArm(new() { Parameters = points }, [new("mass_1", "kg"), new("mass_2", "kg")]);
        Assert.Equal(isPossible, arm.Spec.Flaw([mass1, mass2]) is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("goal_x\n1\n")]
    [InlineData("goal_x,goal_y\n")]
    [InlineData("goal_x,goal_y\n1,north\n")]
    [InlineData("goal_x,goal_y\n1,NaN\n")]
    [InlineData("goal_x,goal_y\n1\n")]
    public void Anything_else_gives_one_line_that_names_the_file(string content)
    {
        File.WriteAllText(path, content);
        InputException problem = Assert.Throws<InputException>(() => TaskFile.Read(path, TaskFamilies.ByName["maml-nav"].Spec));
        Assert.Contains(path, problem.Message);
        Assert.DoesNotContain('\n', problem.Message);
    }
}
