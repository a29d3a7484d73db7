using System.Collections.Concurrent;

namespace MamlRobotics.Envs;

/// <summary>The catalogue of families: the presets of this library, and what a program adds to them.</summary>
public static class TaskFamilies
{
    private static readonly ConcurrentDictionary<string, TaskFamily> Families =
        new(PointPresets.All.Concat(ArmPresets.All).Select(family => KeyValuePair.Create(family.Name, family)));

    /// <summary>Every family, by the name that configurations use.</summary>
    public static IReadOnlyDictionary<string, TaskFamily> ByName => Families;

    /// <exception cref="InputException">There is no such family.</exception>
    public static TaskFamily Named(string name) => ByName.TryGetValue(name, out TaskFamily? family)
        ? family
        : throw new InputException($"There is no environment '{name}'{Spelling.DidYouMean(name, ByName.Keys)} `maml envs` lists them all.");

    /// <summary>Adds a family to the catalogue, so that commands and configurations find it by its name.</summary>
    /// <exception cref="ArgumentException">Another family has that name.</exception>
    public static void Register(TaskFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        if (!Families.TryAdd(family.Name, family)) throw new ArgumentException($"There is already a family named '{family.Name}'.");
    }
}
