namespace MamlRobotics.Envs;

/// <summary>What holds for every specification and task distribution.</summary>
internal static class SpecificationClaims
{
    public static void Check(TaskFamily family)
    {
        EnvironmentSpec spec = family.Spec;
        ContractException.Unless(spec.Horizon > 0 && spec.ResetDraws >= 0, family, "the horizon is positive");
        foreach (IReadOnlyList<Coordinate> group in new[] { spec.State, spec.Observation, spec.Action, spec.Task })
        {
            ContractException.Unless(group.Count > 0, family, "state, observation, action and task have a coordinate each at least");
            ContractException.Unless(group.Select(coordinate => coordinate.Name).Distinct().Count() == group.Count, family, "names are distinct");
            foreach (Coordinate coordinate in group)
                ContractException.Unless(coordinate is { Name.Length: > 0, Unit.Length: > 0 } && coordinate.Low <= coordinate.High, family, "every coordinate has name, unit and bounds");
        }
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(1), 200), again = family.Tasks.Sample(RandomStream.FromSeed(1), 100);
        ContractException.Unless(tasks.Columns.SequenceEqual(spec.Task.Select(column => column.Name)), family, "the tasks have the specification's columns");
        foreach (TaskBatch batch in new[] { tasks, family.TestTasks })
            for (int task = 0; task < batch.Count; task++)
                for (int column = 0; column < spec.Task.Count; column++)
                    ContractException.Unless(
                        batch[task, column] >= spec.Task[column].Low && batch[task, column] <= spec.Task[column].High, family, $"{spec.Task[column].Name} is within its bounds");
        for (int task = 0; task < again.Count; task++)
            ContractException.Unless(tasks.Row(task).SequenceEqual(again.Row(task)), family, "a task depends on the stream and its index alone");
    }
}
