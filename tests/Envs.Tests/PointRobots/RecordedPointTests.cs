namespace MamlRobotics.Envs.Tests;

public class RecordedPointTests
{
    [Theory]
    [InlineData("cbfinn-point", "maml-nav", "reward")]
    [InlineData("promp-corner-dense", "promp-corners", "reward")]
    [InlineData("promp-corner-dense_squared", "promp-corners-squared", "reward")]
    [InlineData("promp-corner-sparse", "promp-corners-sparse", "reward")]
    [InlineData("pearl-sparse-point", "pearl-point-sparse", "sparse_reward")]
    [InlineData("varibad-sparse-point", "varibad-point-sparse", "reward")]
    public void Steps_are_those_that_the_authors_program_took(string recording, string preset, string rewardColumn)
    {
        IEnvironment environment = TaskFamilies.ByName[preset].Environment;
        foreach (Func<string, double> row in Recording.Rows(recording))
        {
            double[] state = [row("x"), row("y")];
            (double reward, bool terminated) = Play.Step(
                environment, [row("goal_x"), row("goal_y")], [row("action_x"), row("action_y")], state);
            Assert.Equal(row("next_x"), state[0], tolerance: 1e-15);
            Assert.Equal(row("next_y"), state[1], tolerance: 1e-15);
            Assert.Equal(row(rewardColumn), reward, tolerance: 1e-13);
            Assert.Equal(row("terminated") != 0, terminated);
        }
    }
}
