using System.Reflection;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// Every kind of <typeparamref name="T"/> that carries a <see cref="ChoiceAttribute"/>, in this project or in any other that
/// refers to it.
/// </summary>
public static class Catalog<T> where T : class
{
    private static readonly string Core = typeof(Catalog<>).Assembly.GetName().Name!;

    /// <summary>The kinds in the alphabetical order of their names. Kinds for different problems may have the same name.</summary>
    public static IReadOnlyList<Type> Kinds { get; } =
    [
        .. Assemblies().SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)) && type.IsDefined(typeof(ChoiceAttribute), inherit: false))
            .OrderBy(type => Choices.Of(type).Name, StringComparer.Ordinal).ThenBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>The names of the kinds, each once, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Kinds.Select(kind => Choices.Of(kind).Name).Distinct()];

    /// <summary>Makes every kind of that name with its default options.</summary>
    public static IEnumerable<T> Create(string name) =>
        Kinds.Where(kind => Choices.Of(kind).Name == name).Select(kind => (T)Activator.CreateInstance(kind)!);

    // The runtime loads an assembly when code first uses it. Assemblies that nothing has used yet are loaded here.
    private static HashSet<Assembly> Assemblies()
    {
        var found = new HashSet<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(RefersToCore));
        foreach (Assembly assembly in found.ToArray()) AddReferences(assembly, found);
        found.Add(typeof(Catalog<>).Assembly);
        return found;
    }

    private static void AddReferences(Assembly assembly, HashSet<Assembly> found)
    {
        foreach (AssemblyName name in assembly.GetReferencedAssemblies().Where(IsOfThisRepository))
        {
            Assembly referenced = Assembly.Load(name);
            if (RefersToCore(referenced) && found.Add(referenced)) AddReferences(referenced, found);
        }
    }

    private static bool IsOfThisRepository(AssemblyName name)
    {
        string prefix = Core[..(Core.IndexOf('.', StringComparison.Ordinal) + 1)];
        return name.Name!.StartsWith(prefix, StringComparison.Ordinal);
    }

    private static bool RefersToCore(Assembly assembly) =>
        !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(name => name.Name == Core);
}

/// <summary>Finds the attribute that registers a kind.</summary>
public static class Choices
{
    public static ChoiceAttribute Of(object choice) => Of(choice.GetType());

    public static ChoiceAttribute Of(Type kind) => kind.GetCustomAttribute<ChoiceAttribute>()
        ?? throw new ArgumentException($"{kind} has no {nameof(ChoiceAttribute)}.", nameof(kind));
}
