using System.Reflection;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// Every kind of <typeparamref name="T"/> that carries a <see cref="ChoiceAttribute"/>, in this project or in any other that
/// refers to it.
/// </summary>
public static class Catalog<T> where T : class
{
    private static readonly string Core = typeof(Catalog<>).Assembly.GetName().Name!;

    /// <summary>By name, in alphabetical order.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds { get; } = new SortedDictionary<string, Type>(
        Assemblies().SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)) && type.IsDefined(typeof(ChoiceAttribute), inherit: false))
            .ToDictionary(type => type.GetCustomAttribute<ChoiceAttribute>()!.Name), StringComparer.Ordinal);

    /// <summary>Of that name, with its default options; null where there is none.</summary>
    public static T? Create(string name) => Kinds.TryGetValue(name, out Type? type) ? (T)Activator.CreateInstance(type)! : null;

    // A project of this repository that no code has touched so far is not loaded yet.
    private static HashSet<Assembly> Assemblies()
    {
        var found = new HashSet<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(RefersToCore));
        foreach (Assembly assembly in found.ToArray()) AddReferences(assembly, found);
        found.Add(typeof(Catalog<>).Assembly);
        return found;
    }

    private static void AddReferences(Assembly assembly, HashSet<Assembly> found)
    {
        string family = Core[..(Core.IndexOf('.', StringComparison.Ordinal) + 1)];
        foreach (AssemblyName name in assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith(family, StringComparison.Ordinal)))
        {
            Assembly referenced = Assembly.Load(name);
            if (RefersToCore(referenced) && found.Add(referenced)) AddReferences(referenced, found);
        }
    }

    private static bool RefersToCore(Assembly assembly) => !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(name => name.Name == Core);
}

/// <summary>What the registration of a kind says.</summary>
public static class Choices
{
    public static ChoiceAttribute Of(object choice) => Of(choice.GetType());

    public static ChoiceAttribute Of(Type kind) => kind.GetCustomAttribute<ChoiceAttribute>()
        ?? throw new ArgumentException($"{kind} has no {nameof(ChoiceAttribute)}.", nameof(kind));
}
