namespace MamlRobotics.Envs.Tests;

/// <summary>Measures what the whole process allocates, the simulator's threads included, so no other test runs beside it.</summary>
[CollectionDefinition(nameof(WorkerAllocationTests), DisableParallelization = true)]
[Collection(nameof(WorkerAllocationTests))]
public class WorkerAllocationTests
{
    private const int SmallestObject = 24;

    [Theory]
    [InlineData("maml-nav", 2)]
    [InlineData("maml-nav", 3)]
    [InlineData("acrobot", 3)]
    public void No_thread_allocates_an_object_per_step(string name, int threads)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(1), 8);
        using BatchSimulator simulator = family.CreateSimulator(tasks, 64, new(AutoReset: true, Threads: threads));
        simulator.Reset(RandomStream.FromSeed(1));
        int steps = 2 * family.Spec.Horizon;
        Allocated();
        // The test host allocates now and then, a few hundred bytes a second.
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => Allocated()), 0, steps * SmallestObject - 1);

        long Allocated()
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int t = 0; t < steps; t++) simulator.Step();
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }
}
