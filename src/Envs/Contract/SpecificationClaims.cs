namespace MamlRobotics.Envs;

/// <summary>Claims about a family's specification and task distribution.</summary>
internal static class SpecificationClaims
{
    public static void Check(TaskFamily family)
    {
        EnvironmentSpec spec = family.Spec;
        ContractException.Unless(spec.Horizon > 0 && spec.ResetDraws >= 0, family, "the horizon is positive");
        foreach (IReadOnlyList<Coordinate> group in new[] { spec.State, spec.Observation, spec.Action, spec.Task })
            CheckCoordinates(group, family);
        CheckTasks(family);
    }

    private static void CheckCoordinates(IReadOnlyList<Coordinate> group, TaskFamily family)
    {
        ContractException.Unless(group.Count > 0, family, "state, observation, action and task have at least one coordinate each");
        int names = group.Select(coordinate => coordinate.Name).Distinct().Count();
        ContractException.Unless(names == group.Count, family, "names are distinct");
        foreach (Coordinate coordinate in group)
        {
            bool isComplete = coordinate is { Name.Length: > 0, Unit.Length: > 0 } && coordinate.Low <= coordinate.High;
            ContractException.Unless(isComplete, family, "every coordinate has a name, a unit and bounds");
        }
    }

    private static void CheckTasks(TaskFamily family)
    {
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(1), 200), fewer = family.Tasks.Sample(RandomStream.FromSeed(1), 100);
        bool hasColumns = tasks.Columns.SequenceEqual(family.Spec.Task.Select(column => column.Name));
        ContractException.Unless(hasColumns, family, "the tasks have the specification's columns");
        CheckBounds(tasks, family);
        CheckBounds(family.TestTasks, family);
        for (int task = 0; task < fewer.Count; task++)
        {
            ContractException.Unless(
                tasks.Row(task).SequenceEqual(fewer.Row(task)), family, "a task depends only on the stream and its index");
        }
    }

    private static void CheckBounds(TaskBatch tasks, TaskFamily family)
    {
        for (int task = 0; task < tasks.Count; task++)
        {
            for (int column = 0; column < family.Spec.Task.Count; column++)
            {
                (double value, Coordinate bounds) = (tasks[task, column], family.Spec.Task[column]);
                ContractException.Unless(value >= bounds.Low && value <= bounds.High, family, $"{bounds.Name} is within its bounds");
            }
        }
    }
}
