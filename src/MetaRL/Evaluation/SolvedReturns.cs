using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The returns from which tasks count as solved.</summary>
public static class SolvedReturns
{
    /// <summary>The part of the way from the passive return to the best known one that a solved task has behind it.</summary>
    public const double Share = 0.9;

    /// <summary>
    /// For each task the return that lies <see cref="Share"/> of the way from its passive return (<see cref="PassiveReturn"/>) to its
    /// reference return. [N]
    /// </summary>
    /// <param name="references">[N]</param>
    public static double[] Of(TaskFamily family, TaskBatch tasks, IReadOnlyList<ReferenceReturn> references)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(references);
        return
        [
            .. references.Select((reference, task) =>
            {
                double passive = PassiveReturn.Of(family, tasks.Slice(task, 1)).Value;
                return passive + Share * (reference.Value - passive);
            }),
        ];
    }
}
