using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

public class SolvedReturnsTests
{
    /// <summary>In 2D navigation a robot that stands still returns its distance from the goal, negative, a hundred times.</summary>
    [Fact]
    public void A_task_is_solved_nine_tenths_of_the_way_from_standing_still_to_the_reference()
    {
        TaskFamily family = TaskFamilies.ByName["maml-nav"];
        var tasks = new TaskBatch(["goal_x", "goal_y"], [0.3, 0.4, -0.5, 0]);
        ReferenceReturn[] references = [new(-1, ReturnKind.Optimal), new(-2, ReturnKind.Optimal)];
        double[] solved = SolvedReturns.Of(family, tasks, references);
        Assert.Equal(-50 + 0.9 * 49, solved[0], 1e-4);
        Assert.Equal(-50 + 0.9 * 48, solved[1], 1e-4);
    }
}
