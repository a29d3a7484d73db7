namespace MamlRobotics.Envs;

/// <summary>Returns that policies are measured against. A return that a planner had to find is kept with its family.</summary>
public static class BestKnownReturns
{
    // A planner takes a fraction of a second for each starting state.
    private const int PlannedStarts = 2;

    extension(TaskFamily family)
    {
        /// <summary>
        /// The undiscounted return that policies are measured against on one task, averaged over random starts: that of optimal
        /// control where it is known, else the best that a planner finds. Planning takes a moment, and its result is kept.
        /// </summary>
        public ReferenceReturn ReferenceReturn(TaskBatch tasks, int task)
        {
            ArgumentNullException.ThrowIfNull(tasks);
            if (family.OptimalControl is not null) return new(family.OptimalReturn(tasks, task), ReturnKind.Optimal);
            double[] row = [.. tasks.Row(task)];
            return new(family.KnownReturns.GetOrAdd(Key(row), _ => PlannedReturn(family, row)), ReturnKind.BestKnown);
        }

        /// <summary>The reference return of every task.</summary>
        /// <param name="threads">How many tasks are planned at once; the result does not depend on it</param>
        /// <param name="found">Called with each task and its return, one at a time, in the order in which they are found</param>
        public IReadOnlyList<ReferenceReturn> ReferenceReturns(TaskBatch tasks, int threads, Action<int, ReferenceReturn>? found = null)
        {
            ArgumentNullException.ThrowIfNull(tasks);
            var returns = new ReferenceReturn[tasks.Count];
            Parallel.For(0, tasks.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, task =>
            {
                returns[task] = family.ReferenceReturn(tasks, task);
                if (found is null) return;
                lock (returns) found(task, returns[task]);
            });
            return returns;
        }

        /// <summary>
        /// Keeps a return that was reached on a task. No planner is asked about that task any more, and its reference return is
        /// never below the one that was reached. Without effect where the optimum is known.
        /// </summary>
        public void Remember(TaskBatch tasks, int task, double reached)
        {
            ArgumentNullException.ThrowIfNull(tasks);
            if (!double.IsFinite(reached)) return;
            family.KnownReturns.AddOrUpdate(Key(tasks.Row(task)), reached, (_, known) => Math.Max(known, reached));
        }
    }

    private static double PlannedReturn(TaskFamily family, double[] task)
    {
        int samples = family.Spec.ResetDraws == 0 ? 1 : PlannedStarts;
        var planner = new ShootingPlanner(family);
        double total = 0;
        for (int sample = 0; sample < samples; sample++) total += planner.BestReturn(task, family.Start(task, sample));
        return total / samples;
    }

    private static string Key(ReadOnlySpan<double> task) => string.Join(',', task.ToArray().Select(BitConverter.DoubleToInt64Bits));
}
