using Mono.Cecil;

namespace MamlRobotics.Tests.Support;

/// <summary>
/// TorchSharp does not keep the numbers alive that it makes for an operator (see TensorArithmetic). A call that makes one
/// fails once in many thousand times, so that no other test would find it: this one reads the compiled code.
/// </summary>
public sealed class ScalarLifetimeTests
{
    private static readonly string[] Allowed = ["TensorArithmetic"];

    [Fact]
    public void No_code_calls_what_makes_a_number_that_may_be_freed_too_early()
    {
        HashSet<string> makers = MakersOfNumbers();
        string[] calls = [.. OurMethods().Where(method => !Allowed.Contains(method.DeclaringType.Name))
            .SelectMany(method => Calls(method).Where(makers.Contains).Select(call => $"{method.FullName} calls {call}"))];

        Assert.Contains(makers, maker => maker.Contains("op_Addition", StringComparison.Ordinal));
        Assert.True(calls.Length == 0, "Use TensorArithmetic instead:" + Environment.NewLine + string.Join(Environment.NewLine, calls));
    }

    [Fact]
    public void No_code_makes_a_tensor_over_memory_of_the_garbage_collector()
    {
        string[] makers = ["tensor", "as_tensor", "from_array", "frombuffer"];
        string[] calls = [.. OurMethods().Where(IsOfProduct).SelectMany(method => Calls(method)
            .Where(call => makers.Any(maker => call.Contains($" TorchSharp.torch::{maker}(", StringComparison.Ordinal)))
            .Select(call => $"{method.FullName} calls {call}"))];
        Assert.True(calls.Length == 0, "Use TensorData instead:" + Environment.NewLine + string.Join(Environment.NewLine, calls));
    }

    /// <summary>TorchSharp's methods that turn a number into a Scalar, and those that call them.</summary>
    private static HashSet<string> MakersOfNumbers()
    {
        MethodDefinition[] all = [.. Methods(Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll"))];
        HashSet<string> makers = [.. all.Where(IsConversion).Select(method => method.FullName)];
        int before;
        do
        {
            before = makers.Count;
            makers.UnionWith(all.Where(method => Calls(method).Any(makers.Contains)).Select(method => method.FullName));
        }
        while (makers.Count > before);
        return makers;
    }

    private static IEnumerable<MethodDefinition> OurMethods() =>
        Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(IsOurs).SelectMany(Methods);

    private static bool IsOurs(string file) =>
        Path.GetFileName(file) is "maml.dll" || Path.GetFileName(file).StartsWith("MamlRobotics.", StringComparison.Ordinal);

    private static bool IsOfProduct(MethodDefinition method) =>
        !method.Module.Name.EndsWith(".Tests.dll", StringComparison.Ordinal);

    private static bool IsConversion(MethodDefinition method) =>
        method.Name == "ToScalar" || (method.DeclaringType.Name == "Scalar" && method.Name == "op_Implicit");

    private static IEnumerable<MethodDefinition> Methods(string file) =>
        AssemblyDefinition.ReadAssembly(file).MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    private static IEnumerable<string> Calls(MethodDefinition method) =>
        method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>()
            .Select(call => call.GetElementMethod().FullName);
}
