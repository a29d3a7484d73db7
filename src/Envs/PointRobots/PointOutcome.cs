using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>One move of a point robot: its position before and after, the goal, and the clipped action.</summary>
internal readonly record struct PointMove<T>(T OldX, T OldY, T X, T Y, T GoalX, T GoalY, T ActionX, T ActionY) where T : struct, IReal<T>
{
    public T OldDistance => Real.Hypot(OldX - GoalX, OldY - GoalY);
}

/// <summary>The reward of a move, and whether it ends the episode.</summary>
internal static class PointOutcome
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Transition<T> Of<T>(PointRobotDesign design, in PointMove<T> move, T distance, Mask<T> ends) where T : struct, IReal<T>
    {
        T reward = Reward(design, move, distance);
        return design.RelocatesAtGoal
            ? new(reward, ends) { Relocated = !(move.OldDistance > T.Of(design.RewardRadius)) }
            : new(reward, ends);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<T> Ends<T>(PointRobotDesign design, T dx, T dy, T distance) where T : struct, IReal<T>
    {
        T radius = T.Of(design.TerminationRadius);
        return design.Termination switch
        {
            PointTermination.Box => (T.Abs(dx) < radius) & (T.Abs(dy) < radius),
            PointTermination.Disc => distance < radius,
            _ => Mask<T>.None,
        };
    }

    private static T Reward<T>(PointRobotDesign design, in PointMove<T> move, T distance) where T : struct, IReal<T>
    {
        T radius = T.Of(design.RewardRadius), zero = T.Of(0);
        return design.Reward switch
        {
            PointReward.Distance => -distance,
            PointReward.SquaredDistance => -(distance * distance),
            PointReward.SparseCloseness => (distance > radius).Select(zero, T.Of(1) - distance),
            PointReward.SparseSuccess => (move.OldDistance > radius).Select(zero, T.Of(1)),
            PointReward.Cone => T.Max(radius - distance, zero),
            PointReward.Progress => (distance < radius).Select(move.OldDistance - distance, zero),
            PointReward.CornerProgress => CornerProgress(move, distance, radius),
            PointReward.StepCost => T.Of(-1),
            PointReward.Tolerance => WithControlCost(Tolerance.Gaussian(distance, radius, radius), move),
            _ => throw new ArgumentOutOfRangeException(nameof(design)),
        };
    }

    private static T CornerProgress<T>(in PointMove<T> move, T distance, T radius) where T : struct, IReal<T>
    {
        T zero = T.Of(0);
        // The goal is the nearest of the four corners where the robot is in the goal's quadrant, and only there.
        Mask<T> isElsewhere = (move.X * move.GoalX < zero) | (move.Y * move.GoalY < zero);
        Mask<T> isNearStart = T.Abs(move.X) + T.Abs(move.Y) < radius;
        return (isElsewhere | isNearStart).Select(zero, move.OldDistance - distance);
    }

    /// <summary>As in dm_control's point_mass, large actions reduce the reward by up to a fifth, on average over the actuators.</summary>
    private static T WithControlCost<T>(T reward, in PointMove<T> move) where T : struct, IReal<T>
    {
        T ease = (Tolerance.Parabola(move.ActionX) + Tolerance.Parabola(move.ActionY)) * T.Of(0.5);
        return reward * (ease + T.Of(4)) * T.Of(0.2);
    }
}
