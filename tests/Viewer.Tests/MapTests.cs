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
        TaskFamily family = TaskFamily.ByName[name];
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
        TaskFamily family = TaskFamily.ByName["arm-links"];
        var tasks = new MapTasks(family);
        ReturnMap map = tasks.Empty();
        foreach (int cell in tasks.Reached(map))
        {
            double[] row = tasks.Row(map, family.TestTasks.Slice(0, 1), cell);
            // Uniform rods of 2 kg/m; the nearest of the drawn tasks is not exactly the cell's.
            Assert.Equal(2 * row[0], row[1], 2e-3);
            Assert.Equal(row[4] / 2, row[6], 1e-3);
            Assert.Equal(2 * Math.Pow(row[4], 3) / 12, row[7], 1e-3);
        }
    }
}
