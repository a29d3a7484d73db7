using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Tests.Support;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

public class SessionTests
{
    private static readonly AdaptationRequest First = new([0.3, 0.25], 1, false, 1, 5, 1, 40);

    [Fact]
    public void Two_policies_adapt_to_the_same_task_with_the_same_draws()
    {
        using ViewerSession session = Session(SamplerTests.Untrained(), SamplerTests.Untrained());
        Assert.Equal(2, session.Controls.Screens.Count);
        // The same policy twice: nothing but the draws could differ.
        Assert.Equal(Returns(session, 0), Returns(session, 1));
        session.Controls.KeyDown(Key.X);
        double[] before = Returns(session, 0);
        Wait(session, shown: 2);
        Assert.Equal(Returns(session, 0), Returns(session, 1));
        Assert.NotEqual(before, Returns(session, 0));
        session.Controls.KeyDown(Key.N);
        Wait(session, shown: 3);
        double[] second = TaskFamilies.ByName["maml-nav"].TestTasks.Row(1).ToArray();
        Assert.All(session.Controls.Screens, screen => Assert.Equal(second, screen.Replay.Task));
    }

    [Fact]
    public void P_shows_all_tasks_and_again_the_one()
    {
        using ViewerSession session = Session(SamplerTests.Untrained());
        session.Controls.KeyDown(Key.P);
        Wait(session, shown: 2);
        Assert.Equal(200, session.Controls.AllTasks!.Robots);
        session.Controls.KeyDown(Key.P);
        Wait(session, shown: 3);
        Assert.Null(session.Controls.AllTasks);
        Assert.Equal(First.Task, session.Controls.Screens[0].Replay.Task);
    }

    /// <summary>Steps so long that the policy is lost end no session: what was shown stays, and a line says why.</summary>
    [Fact]
    public void A_policy_that_the_user_s_step_size_destroys_is_told()
    {
        Checkpoint sound = SamplerTests.Untrained();
        Checkpoint unsound = sound with { Config = sound.Config with { InnerLearningRates = [1e38] } };
        TaskFamily family = TaskFamilies.ByName["maml-nav"];
        using var session = new ViewerSession(family, [Worker(unsound, family)], First with { Steps = 0 }, Theme.Dark);
        Wait(session, shown: 1);
        session.Controls.KeyDown(Key.RightBracket);
        bool IsTold() => session.Controls.Notice.Contains("not finite after 1 gradient step", StringComparison.Ordinal);
        Patience.Until(IsTold, () => session.Tick(0.01));
        Assert.Equal(1, session.Shown);
        Assert.Single(session.Controls.Screens[0].Replay.Steps);
    }

    private static ViewerSession Session(params Checkpoint[] checkpoints)
    {
        TaskFamily family = TaskFamilies.ByName["maml-nav"];
        AdaptationWorker[] workers = [.. checkpoints.Select(checkpoint => Worker(checkpoint, family))];
        var session = new ViewerSession(family, workers, First, Theme.Dark);
        Wait(session, shown: 1);
        return session;
    }

    private static AdaptationWorker Worker(Checkpoint checkpoint, TaskFamily family) => new(checkpoint, family, "none.safetensors", CPU, 1);

    private static double[] Returns(ViewerSession session, int screen) =>
        [.. session.Controls.Screens[screen].Replay.Steps.SelectMany(step => step.Returns.Values)];

    private static void Wait(ViewerSession session, int shown) => Patience.Until(() => session.Shown >= shown, () => session.Tick(0.01));
}
