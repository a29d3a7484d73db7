using MamlRobotics.Envs;

namespace MamlRobotics.Viewer.Tests;

public class VariedFamilyTests
{
    [Fact]
    public void As_long_as_no_slider_is_moved_every_family_behaves_as_it_does()
    {
        foreach (TaskFamily family in TaskFamilies.ByName.Values)
        {
            TaskFamily varied = VariedFamily.Of(family);
            int last = family.TestTasks.Count - 1;
            float[] expected = Rewards(family, family.TestTasks.Slice(last, 1)), actual = Rewards(varied, varied.TestTasks.Slice(last, 1));
            for (int t = 0; t < expected.Length; t++) Assert.Equal(expected[t], actual[t], 2e-3f);
            Assert.Equal(family.OptimalReturn(family.TestTasks, last), varied.OptimalReturn(varied.TestTasks, last));
        }
    }

    [Fact]
    public void Wind_carries_a_point_and_a_longer_link_reaches_further()
    {
        TaskFamily point = VariedFamily.Of(TaskFamilies.ByName["maml-nav"]);
        TaskBatch windy = Changed(point, "wind_x", 0.02);
        using BatchSimulator simulator = point.CreateSimulator(windy, 1);
        simulator.Reset(0, default);
        for (int t = 0; t < 10; t++)
        {
            for (int i = 0; i < 2; i++) simulator.Action(i).Clear();
            simulator.Step(0);
        }
        Assert.Equal(0.2f, simulator.State(0)[0], 1e-5f);
        Assert.True(double.IsNaN(VariedFamily.KnownReturn(point, windy).Value));
        TaskFamily arm = VariedFamily.Of(TaskFamilies.ByName["arm-goals"]);
        Assert.Equal(1.3f, World.Of(arm, Changed(arm, "length_2", 0.8).Row(0)).Reach, 1e-5f);
    }

    [Fact]
    public void No_slider_reaches_a_task_that_cannot_be()
    {
        foreach (TaskFamily family in TaskFamilies.ByName.Values.Select(VariedFamily.Of))
        {
            foreach (Coordinate column in family.Spec.Task)
            {
                Assert.Null(family.Spec.Flaw(Changed(family, column.Name, column.Low).Row(0)));
                Assert.Null(family.Spec.Flaw(Changed(family, column.Name, column.High).Row(0)));
            }
        }
    }

    private static TaskBatch Changed(TaskFamily family, string column, double value)
    {
        double[] row = family.TestTasks.Row(0).ToArray();
        row[family.TestTasks.Columns.ToList().IndexOf(column)] = value;
        return new TaskBatch(family.TestTasks.Columns, row);
    }

    private static float[] Rewards(TaskFamily family, TaskBatch task)
    {
        using BatchSimulator simulator = family.CreateSimulator(task, 1);
        simulator.Reset(0, RandomStream.FromSeed(5));
        RandomStream actions = RandomStream.FromSeed(6);
        var rewards = new float[12];
        for (int t = 0; t < rewards.Length; t++)
        {
            for (int i = 0; i < family.Spec.Action.Count; i++)
            {
                double limit = family.Spec.Action[i].High, share = actions.Uniform(2 * t + i) - 0.5;
                simulator.Action(i).Fill((float)(share * (double.IsFinite(limit) ? limit : 1)));
            }
            simulator.Step(0);
            rewards[t] = simulator.Rewards[0];
        }
        return rewards;
    }
}
