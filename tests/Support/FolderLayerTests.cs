using System.Text.RegularExpressions;
using Mono.Cecil;

namespace MamlRobotics.Tests.Support;

/// <summary>
/// The folders of a project are its layers: when one refers to another, the other must not refer back, neither directly
/// nor by way of a third. The references are read from the compiled code. A constant leaves only its value there, so
/// that a use of nothing but a constant is not seen.
/// </summary>
public sealed partial class FolderLayerTests
{
    /// <summary>Every project of the program, and the tests beside which its compiled code lies.</summary>
    private static readonly (string Project, string TestedBy)[] Layered =
    [
        ("Envs", "Envs.Tests"),
        ("Policies", "MetaRL.Tests"), ("MetaLearning", "MetaRL.Tests"), ("MetaRL", "MetaRL.Tests"),
        ("FewShot", "Viewer.Tests"), ("Viewer", "Viewer.Tests"),
        ("Cli", "Cli.Tests"),
    ];

    public static TheoryData<string> Projects =>
        [.. Layered.Where(entry => entry.TestedBy == TestProject).Select(entry => entry.Project)];

    private static string TestProject => typeof(FolderLayerTests).Assembly.GetName().Name!["MamlRobotics.".Length..];

    [Theory, MemberData(nameof(Projects))]
    public void Folders_never_refer_to_each_other_in_a_circle(string project)
    {
        Dictionary<string, string> folders = FoldersOfTypes(project);
        FolderReference[] references = [.. References(project, folders)];

        // Without a reference nothing could fail: then the reading itself is broken.
        bool hasOneFolder = folders.Values.Distinct().Count() == 1;
        Assert.True(hasOneFolder || references.Length > 0, $"No reference between folders of src/{project} was found.");
        string[] cycle = ShortestCycle(references);
        Assert.True(cycle.Length == 0, Describe(project, cycle, references));
    }


    /// <summary>A type of one folder that uses a type of another.</summary>
    private readonly record struct FolderReference(string From, string To, string User, string Used);

    /// <summary>The folder of each type that is not nested, relative to the project; "." is the project's own folder.</summary>
    private static Dictionary<string, string> FoldersOfTypes(string project)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        var folders = new Dictionary<string, string>();
        foreach (string file in Repository.Sources($"src/{project}"))
        {
            string folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/');
            foreach (Match declaration in Declaration().Matches(File.ReadAllText(file)))
            {
                string type = declaration.Groups["name"].Value;
                string other = folders.GetValueOrDefault(type, folder);
                Assert.True(other == folder, $"src/{project} declares {type} both in {other} and in {folder}.");
                folders[type] = folder;
            }
        }
        return folders;
    }

    /// <summary>A type that is declared without indentation, and so is not nested in another.</summary>
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|abstract|sealed|readonly|ref|unsafe|partial)\s+)*"
        + @"(?:(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)|delegate\s+\S+)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    private static IEnumerable<FolderReference> References(string project, Dictionary<string, string> folders)
    {
        string assembly = project == "Cli" ? "maml" : $"MamlRobotics.{project}";
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        var references = new HashSet<FolderReference>();
        foreach (TypeDefinition type in module.Types.Where(type => !IsMadeByCompiler(type)))
        {
            string user = NameInSource(type);
            // A source that several projects compile lies in none of their folders.
            if (!folders.ContainsKey(user)) continue;
            IEnumerable<string> used = new UsedTypes(type).Select(NameInSource).Distinct().Where(folders.ContainsKey);
            references.UnionWith(used.Select(other => new FolderReference(folders[user], folders[other], user, other)));
        }
        return references.Where(reference => reference.From != reference.To);
    }

    private static bool IsMadeByCompiler(TypeDefinition type) =>
        type.Name.StartsWith('<') && !IsLocalToFile(type) || !type.Namespace.StartsWith("MamlRobotics", StringComparison.Ordinal);

    /// <summary>The compiler puts a file's name, in angle brackets, before the name of a type that is local to the file.</summary>
    private static bool IsLocalToFile(TypeReference type) =>
        type.Name.Contains(">F", StringComparison.Ordinal) && type.Name.Contains("__", StringComparison.Ordinal);

    /// <summary>The name of a type, or of the one that it is nested in, without the number of type parameters.</summary>
    private static string NameInSource(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        string name = IsLocalToFile(type) ? type.Name[(type.Name.IndexOf("__", StringComparison.Ordinal) + 2)..] : type.Name;
        return name.Split('`')[0];
    }

    /// <summary>Folders of which each refers to the next, and the last to the first; empty where there is no circle.</summary>
    private static string[] ShortestCycle(FolderReference[] references)
    {
        ILookup<string, string> next = references.Select(reference => (reference.From, reference.To)).Distinct()
            .ToLookup(pair => pair.From, pair => pair.To);
        return next.Select(start => CycleThrough(start.Key, next)).Where(cycle => cycle.Length > 0).MinBy(cycle => cycle.Length) ?? [];
    }

    private static string[] CycleThrough(string start, ILookup<string, string> next)
    {
        var ways = new Queue<string[]>([[start]]);
        var seen = new HashSet<string>();
        while (ways.TryDequeue(out string[]? way))
        {
            foreach (string folder in next[way[^1]])
            {
                if (folder == start) return way;
                if (seen.Add(folder)) ways.Enqueue([.. way, folder]);
            }
        }
        return [];
    }

    private static string Describe(string project, string[] cycle, FolderReference[] references)
    {
        var lines = new List<string>
        {
            $"These folders of src/{project} refer to each other in a circle. Move a type, or turn a reference round.",
        };
        foreach ((int i, string from) in cycle.Index())
        {
            string to = cycle[(i + 1) % cycle.Length];
            IEnumerable<string> uses = references.Where(reference => (reference.From, reference.To) == (from, to))
                .Select(reference => $"{reference.User} uses {reference.Used}").Order(StringComparer.Ordinal);
            lines.Add($"  {from} refers to {to}: {string.Join(", ", uses)}");
        }
        return string.Join('\n', lines);
    }

    /// <summary>The types that a type names anywhere: in its declaration, its members and their bodies, and in its nested types.</summary>
    private sealed class UsedTypes(TypeDefinition user) : IEnumerable<TypeReference>
    {
        private readonly HashSet<TypeReference> found = [];

        public IEnumerator<TypeReference> GetEnumerator()
        {
            AddType(user);
            return found.GetEnumerator();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        private void AddType(TypeDefinition type)
        {
            Add(type.BaseType);
            AddAttributes(type);
            AddConstraints(type);
            foreach (InterfaceImplementation implemented in type.Interfaces) Add(implemented.InterfaceType);
            foreach (FieldDefinition field in type.Fields) AddMember(field, field.FieldType);
            foreach (PropertyDefinition property in type.Properties) AddMember(property, property.PropertyType);
            foreach (EventDefinition happening in type.Events) AddMember(happening, happening.EventType);
            foreach (MethodDefinition method in type.Methods) AddMethod(method);
            foreach (TypeDefinition nested in type.NestedTypes) AddType(nested);
        }

        private void AddMember(ICustomAttributeProvider member, TypeReference type)
        {
            Add(type);
            AddAttributes(member);
        }

        private void AddMethod(MethodDefinition method)
        {
            AddSignature(method);
            AddAttributes(method);
            AddConstraints(method);
            AddAttributes(method.MethodReturnType);
            foreach (ParameterDefinition parameter in method.Parameters) AddAttributes(parameter);
            if (!method.HasBody) return;
            foreach (var variable in method.Body.Variables) Add(variable.VariableType);
            foreach (var handler in method.Body.ExceptionHandlers) Add(handler.CatchType);
            foreach (var instruction in method.Body.Instructions) AddOperand(instruction.Operand);
        }

        private void AddOperand(object? operand)
        {
            if (operand is TypeReference type) Add(type);
            else if (operand is MethodReference called) AddSignature(called);
            else if (operand is FieldReference field)
            {
                Add(field.DeclaringType);
                Add(field.FieldType);
            }
        }

        private void AddSignature(MethodReference method)
        {
            Add(method.DeclaringType);
            Add(method.ReturnType);
            foreach (ParameterDefinition parameter in method.Parameters) Add(parameter.ParameterType);
            if (method is not GenericInstanceMethod generic) return;
            foreach (TypeReference argument in generic.GenericArguments) Add(argument);
        }

        private void AddConstraints(IGenericParameterProvider generic)
        {
            foreach (GenericParameter parameter in generic.GenericParameters)
                foreach (GenericParameterConstraint constraint in parameter.Constraints) Add(constraint.ConstraintType);
        }

        private void AddAttributes(ICustomAttributeProvider provider)
        {
            foreach (CustomAttribute attribute in provider.CustomAttributes)
            {
                AddSignature(attribute.Constructor);
                foreach (CustomAttributeArgument argument in attribute.ConstructorArguments) AddOperand(argument.Value);
                foreach (var named in attribute.Fields.Concat(attribute.Properties)) AddOperand(named.Argument.Value);
            }
        }

        private void Add(TypeReference? type)
        {
            if (type is null or GenericParameter) return;
            if (type is GenericInstanceType generic)
                foreach (TypeReference argument in generic.GenericArguments) Add(argument);
            if (type is FunctionPointerType pointer)
            {
                Add(pointer.ReturnType);
                foreach (ParameterDefinition parameter in pointer.Parameters) Add(parameter.ParameterType);
            }
            else if (type is TypeSpecification wrapped) Add(wrapped.ElementType);
            else found.Add(type);
        }
    }
}
