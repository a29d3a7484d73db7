using System.Diagnostics;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The speed of the simulator in tensors on one family.</summary>
/// <param name="StepsPerSecond">The environment steps per second, with automatic resets, in the fastest repetition</param>
public sealed record TensorSpeed(string Family, int Environments, string Device, double StepsPerSecond)
{
    private const int Tasks = 32, Repetitions = 3;

    /// <param name="seconds">About how long to measure</param>
    public static TensorSpeed Measure(TaskFamily family, int environments, Device device, double seconds) => TensorScope.Free(() =>
    {
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(1), Tasks);
        using var simulator = new TensorSimulator(family, tasks, environments / Tasks, device, autoReset: true);
        Tensor actions = rand(family.Spec.Action.Count, simulator.Count, device: device) * Number(2) - Number(1);
        simulator.Reset(RandomStream.FromSeed(2));
        Time(simulator, actions, 3);
        int steps = Math.Clamp((int)(seconds / Repetitions / Time(simulator, actions, 1)), 1, 1000);
        double best = Enumerable.Range(0, Repetitions).Min(_ => Time(simulator, actions, steps));
        return new TensorSpeed(family.Name, simulator.Count, device.ToString(), (double)steps * simulator.Count / best);
    });

    private static double Time(TensorSimulator simulator, Tensor actions, int steps) => TensorScope.Free(() =>
    {
        var clock = Stopwatch.StartNew();
        for (int step = 0; step < steps; step++) simulator.Step(actions);
        // The number is read because that waits for the device.
        _ = simulator.Rewards.sum().ReadNumber();
        return clock.Elapsed.TotalSeconds;
    });
}
