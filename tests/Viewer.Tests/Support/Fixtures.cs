using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Replays made by arithmetic, the same on every machine.</summary>
internal static class Fixtures
{
    public const int Horizon = 40, Trajectories = 6, InnerSteps = 3;

    public static readonly Vector2 Goal = new(0.3f, 0.25f);

    private static readonly ReplayTitle Title = new("maml-nav", "MAML", "fixture", 100, "test task 3 of 40");

    /// <summary>A request for a task in the usual way.</summary>
    public static AdaptationRequest Request(params double[] task) =>
        new(task, Number: 1, IsChosen: false, Steps: 3, Trajectories: 20, StepScale: 1, Seed: 40);

    /// <summary>A point that comes closer to the goal with every gradient step.</summary>
    public static Replay Point(Vector2 wind = default, IReadOnlyList<float>? gaps = null) => Make(
        new World(Goal, 0.02f, [], false, wind, gaps ?? []), 2, (step, variant, t) => [.. Position(step, variant, t)]);

    /// <summary>A point that takes so many gradient steps, the last ones alike.</summary>
    public static Replay OfSteps(int steps)
    {
        Replay replay = Point();
        int[] from = [.. Enumerable.Range(0, steps + 1).Select(step => Math.Min(step, InnerSteps))];
        return replay with
        {
            Steps = [.. from.Select(step => replay.Steps[step])],
            Field = replay.Field with { Actions = [.. from.Select(step => replay.Field.Actions[step])] },
        };
    }

    /// <summary>The same with another number of gradient steps, and a title of any length.</summary>
    public static Replay With(Replay replay, int steps, string name)
    {
        int[] from = [.. Enumerable.Range(0, steps + 1).Select(step => Math.Min(step, replay.InnerSteps))];
        return replay with
        {
            Title = new(name, name, name, 100, $"test task 3 of 40 of {name}"),
            Steps = [.. from.Select(step => replay.Steps[step])],
            Field = replay.Field with { Actions = [.. from.Select(step => replay.Field.Actions[step])] },
        };
    }

    /// <summary>A point that is moved to a new start whenever it has come to the goal.</summary>
    public static Replay Moved() => Make(new World(Goal, 0.02f, [], false, default, [], RelocatesAtGoal: true), 2, (step, variant, t) =>
    {
        float share = t % 13 / 12f, aside = 0.03f * variant;
        return [aside + Goal.X * share * step / InnerSteps, Goal.Y * share * step / InnerSteps - aside * (1 - share)];
    });

    /// <summary>An arm that turns towards the goal.</summary>
    public static Replay Arm() => Make(new World(Goal, 0.05f, [0.5f, 0.4f], false, default, []), 4, (step, variant, t) =>
    {
        float share = MathF.Min(1, 1.5f * t / Horizon) * step / InnerSteps;
        return [1.9f - 1.3f * share + 0.05f * variant, 0.4f + 0.9f * share, 0, 0];
    });

    /// <summary>An arm that carries a load on a planet, to a goal that it cannot reach or with a disc around it.</summary>
    public static Replay Loaded(bool isOutOfReach) => Arm() is var arm ? arm with
    {
        World = arm.World with
        {
            Goal = isOutOfReach ? new(0.9f, 0.5f) : Goal,
            GoalRadius = 0.1f,
            GoalMeaning = "reward within",
            Payload = 0.42f,
            Gravity = 9.81f,
        },
    } : arm;

    /// <summary>Neither a point nor an arm: an angle that turns and turns again, and its velocity.</summary>
    public static Replay Plane() => Make(
        new World(null, 0, [], false, default, [], Plane: new StatePlane(
            new("angle", "rad", -Math.PI, Math.PI), new("velocity", "rad/s", -8, 8), new Vector2(1 / MathF.PI, 1 / 8f))), 2,
        (step, variant, t) => [MathF.IEEERemainder(0.4f * t + 0.1f * variant, MathF.Tau), 2 * MathF.Sin(0.2f * t) + step]);

    /// <summary>A robot whose mean action brings it to the goal in a few steps, where it stays. The prior does not move.</summary>
    public static Replay Fast(int arrival)
    {
        Replay replay = Point();
        Trajectory Straight(int step)
        {
            float[][] states = [.. Enumerable.Range(0, Horizon + 1).Select(t => (float[])[Goal.X * Share(t), Goal.Y * Share(t)])];
            float Share(int t) => step == 0 ? 0 : MathF.Min(1, (float)t / arrival);
            return new Trajectory(2, [.. states.SelectMany(state => state)], new float[Horizon], false);
        }
        return replay with { Steps = [.. replay.Steps.Select((step, k) => step with { Shown = Straight(k) })] };
    }

    /// <summary>An arm whose tasks differ by one column, and whose spread moves far more than the rest of its policy.</summary>
    public static Replay Load()
    {
        Replay arm = Arm();
        double[] prior = [.. Enumerable.Range(0, 15).Select(cell => -20 - cell * cell / 20.0)];
        return arm with
        {
            TaskColumns = [new("payload", "kg")], Task = [0.4], UntrainedReturn = -300,
            Map = new ReturnMap(
                new MapAxis(0, "payload", "kg", 0, 1, prior.Length), new MapAxis(0, "", "", 0, 0, 1),
                prior, [.. prior.Select(value => value / 2 + 3)]),
            Steps = [.. arm.Steps.Select((step, k) => step with { ParameterChange = k == 0 ? [] : [0.03 / k, 0.02, 13.2] })],
        };
    }

    /// <summary>Robots of four tasks that come closer to their goals with every step.</summary>
    public static Population Population(int robots = 30, bool relocates = false)
    {
        Vector2[] goals = [new(0.4f, 0.3f), new(-0.4f, 0.3f), new(-0.3f, -0.4f), new(0.35f, -0.35f)];
        World[] worlds = [.. goals.Select(goal => new World(goal, 0.02f, [], false, default, []))];
        Vector2 Tip(int step, int robot, int t)
        {
            float angle = 2.4f * robot, share = MathF.Min(1, 1.5f * t / Horizon) * step / InnerSteps;
            return goals[robot / robots] * share + 0.05f * MathF.Sin(0.2f * t) * new Vector2(MathF.Cos(angle), MathF.Sin(angle));
        }
        PopulationStep Step(int step)
        {
            IEnumerable<Vector2> Path(int robot) => Enumerable.Range(0, Horizon + 1).Select(t => Tip(step, robot, t));
            Vector2[] tips = [.. Enumerable.Range(0, worlds.Length * robots).SelectMany(Path)];
            bool[] jumps = relocates ? [.. Enumerable.Range(0, tips.Length).Select(i => i % (Horizon + 1) == 20)] : [];
            var returns = new StepReturns([.. worlds.Select((_, task) => -20.0 + 5 * step - task)]);
            float[] rewards = [.. Enumerable.Range(0, Horizon).Select(t => -0.5f + 0.01f * t * step / InnerSteps)];
            return new PopulationStep(tips, jumps, returns, rewards);
        }
        PopulationStep[] steps = [.. Enumerable.Range(0, InnerSteps + 1).Select(Step)];
        ReplayTitle title = Title with { Task = "all test tasks" };
        return new Population(title, worlds, robots, Horizon, steps, new(-0.5, ReturnKind.Optimal), -30);
    }

    /// <summary>A wave of the variant around the straight way to a share of the goal.</summary>
    public static float[] Position(int step, int variant, int t)
    {
        float share = MathF.Min(1, 2f * t / Horizon) * step / InnerSteps, wave = 0.02f * variant * MathF.Sin(0.4f * t);
        return [Goal.X * share - wave, Goal.Y * share + wave];
    }

    /// <summary>Actions that turn from rightwards to the goal with every step.</summary>
    private static ActionField Field(World world)
    {
        Vector2 half = new(world.IsArm ? MathF.PI : 0.5f);
        var empty = new ActionField((new("x", "m"), new("y", "m")), -half, half, 7, []);
        Vector2 Action(int step, int cell) =>
            Vector2.Lerp(new(0.05f, 0), 0.2f * (Goal - empty.Middle(cell)), (float)step / InnerSteps);
        Vector2[] Actions(int step) => [.. Enumerable.Range(0, 49).Select(cell => Action(step, cell))];
        return empty with { Actions = [.. Enumerable.Range(0, InnerSteps + 1).Select(Actions)] };
    }

    private static Replay Make(World world, int stateSize, Func<int, int, int, float[]> state)
    {
        Trajectory Episode(int step, int variant)
        {
            float[][] states = [.. Enumerable.Range(0, Horizon + 1).Select(t => state(step, variant, t))];
            float[] rewards = [.. states.Skip(1).Select(s => -Vector2.Distance(world.Tip(s), Goal))];
            return new Trajectory(stateSize, [.. states.SelectMany(s => s)], rewards, false);
        }
        ReplayStep[] steps =
        [
            .. Enumerable.Range(0, InnerSteps + 1).Select(step => new ReplayStep(
                [.. Enumerable.Range(1, Trajectories).Select(variant => Episode(step, variant))], Episode(step, 0),
                step == 0 ? [] : [0.3 / step, 0.1 / step, 0.05 * step])),
        ];
        var axis = new MapAxis(0, "goal_x", "m", -0.5, 0.5, 9);
        double[] adapted = [.. Enumerable.Range(0, 81).Select(i => i % 10 == 0 ? double.NaN : -10 + i / 10.0)];
        var map = new ReturnMap(axis, axis with { Column = 1, Name = "goal_y" }, [.. Enumerable.Repeat(-20.0, 81)], adapted);
        Coordinate[] columns = [new("goal_x", "m"), new("goal_y", "m")];
        string[] layers = ["layer 1  2×32", "layer 2  32×2", "log σ"];
        return new Replay(
            Title, columns, [Goal.X, Goal.Y], world, [new(-0.4f, 0.3f), new(0.2f, -0.45f)], Horizon, steps, layers,
            new(-0.3, ReturnKind.Optimal), -18, map, Field(world));
    }
}
