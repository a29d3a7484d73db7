using System.Reflection;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// Every kind of <typeparamref name="T"/> that carries a <see cref="ChoiceAttribute"/>, in this project or in any other that
/// refers to it.
/// </summary>
public static class Catalog<T> where T : class
{
    private static readonly string Core = typeof(Catalog<>).Assembly.GetName().Name!;

    /// <summary>The kinds by their names, in alphabetical order.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds { get; } = new SortedDictionary<string, Type>(
        Assemblies().SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)) && type.IsDefined(typeof(ChoiceAttribute), inherit: false))
            .ToDictionary(type => type.GetCustomAttribute<ChoiceAttribute>()!.Name), StringComparer.Ordinal);

    /// <summary>Makes the kind of that name with its default options; null where no kind has the name.</summary>
    public static T? Create(string name) => Kinds.TryGetValue(name, out Type? type) ? (T)Activator.CreateInstance(type)! : null;

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
