using MamlRobotics.Envs;

namespace MamlRobotics.Viewer.Tests;

public class MapTests
{
    [Theory]
    [InlineData("maml-nav", "goal_x", "goal_y")]
    [InlineData("focal-wind", "wind_x", "wind_y")]
    [InlineData("arm-links", "length_1", "length_2")]
    [InlineData("arm-payloads", "payload", "")]
    [InlineData("acrobot", "gravity", "")]
    public void A_map_spans_what_tasks_differ_by_whether_or_not_more_can_be_changed(string name, string x, string y)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        foreach (TaskFamily either in new[] { family, VariedFamily.Of(family) })
        {
            ReturnMap map = new MapTasks(either).Empty();
            Assert.Equal((x, y), (map.X.Name, map.Y.Name));
            Assert.Equal(name == "acrobot" ? 1 : 15, map.X.Cells);
        }
    }

    [Fact]
    public void A_cell_s_link_has_the_mass_that_goes_with_its_length()
    {
        foreach ((_, double[] row) in Reached("arm-links").Cells)
        {
            // Uniform rods of 2 kg/m.
            Assert.Equal(2 * row[0], row[1], 1e-12);
            Assert.Equal(row[4] / 2, row[6], 1e-12);
            Assert.Equal(2 * Math.Pow(row[4], 3) / 12, row[7], 1e-12);
        }
    }

    [Fact]
    public void A_cell_s_task_is_one_that_the_family_has_and_lies_in_the_cell()
    {
        (ReturnMap map, (int, double[])[] cells) = Reached("gymnax-point");
        foreach ((int cell, double[] row) in cells)
        {
            // Goals are on a half circle.
            Assert.Equal(1, double.Hypot(row[0], row[1]), 1e-9);
            Assert.Equal(cell, map.Index(map.X.Cell(row[0]), map.Y.Cell(row[1])));
        }
    }

    [Fact]
    public void Tasks_that_are_few_have_a_cell_each()
    {
        double[][] rows = [.. Reached("promp-walls").Cells.Select(cell => cell.Row)];
        Assert.Equal([(-2.0, -2.0), (2, -2), (-2, 2), (2, 2)], rows.Select(row => (row[0], row[1])));
        Assert.All(rows, row => Assert.Equal(TaskFamilies.ByName["promp-walls"].TestTasks.Row(0)[2..].ToArray(), row[2..]));
    }

    [Fact]
    public void An_axis_of_few_values_has_them_in_the_middles_of_its_cells()
    {
        var axis = new MapAxis(0, "", "", 1, 6, 3, [1, 2, 6]);
        Assert.Equal([1.0 / 6, 0.5, 5.0 / 6], axis.Values!.Select(axis.Share), (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal([0, 0, 1, 1, 2, 2], new[] { 0, 1.4, 1.6, 3.9, 4.1, 9 }.Select(axis.Cell));
        Assert.Equal(2 / 3.0, axis.Share(4), 1e-12);
    }

    /// <summary>A family's map, and the cells that its tasks reach with the task of each, else like the first test task.</summary>
    private static (ReturnMap Map, (int Cell, double[] Row)[] Cells) Reached(string name)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        var tasks = new MapTasks(family);
        ReturnMap map = tasks.Empty();
        return (map, [.. tasks.Reached(map).Select(cell => (cell, tasks.Row(map, family.TestTasks.Slice(0, 1), cell)))]);
    }
}
