// An assembly's public surface as sorted lines, one per member, as a caller sees it. Both subsets are held to theirs.
using System.Globalization;
using System.Reflection;

namespace Compat.Tests;

internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        string owner = Name(type);
        string bases = type.IsEnum ? "" : string.Concat(type.GetInterfaces().Select(Name).Order(StringComparer.Ordinal).Select(name => " " + name));
        yield return $"{owner} [{(type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsSealed ? "sealed class" : "class")}{bases}]";
        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            if (Line(member) is { } line) yield return $"{owner}.{line}";
        }
    }

    private static string? Line(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: true } => null,
        FieldInfo { DeclaringType.IsEnum: true } field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}",
        FieldInfo field => $"{field.Name}: {Name(field.FieldType)}{(field.IsInitOnly || field.IsLiteral ? " readonly" : "")}",
        PropertyInfo property => $"{property.Name}[{Parameters(property.GetIndexParameters())}]: {Name(property.PropertyType)}"
            + $"{(property.GetMethod is { IsPublic: true } ? " get" : "")}{(property.SetMethod is { IsPublic: true } ? " set" : "")}",
        ConstructorInfo constructor => $"new({Parameters(constructor.GetParameters())})",
        MethodInfo { IsSpecialName: true } method when !method.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method => $"{method.Name}{Generic(method)}({Parameters(method.GetParameters())}): {Name(method.ReturnType)}",
        _ => null,
    };

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        (parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "")
        + $"{Name(parameter.ParameterType)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {Default(parameter.RawDefaultValue)}" : "")));

    private static string Default(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef) return $"ref {Name(type.GetElementType()!)}";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        string name = type.Name.Split('`')[0];
        if (type.IsNested) name = $"{Name(type.DeclaringType!)}.{name}";
        else if (type.Namespace is { } space && !space.StartsWith("System", StringComparison.Ordinal)) name = $"{space}.{name}";
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
