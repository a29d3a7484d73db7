// Every operator is in the libtorch of this machine and its call matches the operator's signature.
using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Compat.Tests;

public class OperatorTests
{
    [Fact]
    public void Every_named_operator_exists()
    {
        foreach (FieldInfo field in typeof(torch).Assembly.GetType("TorchSharp.Op")!.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
        {
            object op = field.GetValue(null)!;
            PropertyInfo handle = op.GetType().GetProperty("Handle", BindingFlags.Instance | BindingFlags.NonPublic)!;
            Assert.NotEqual((nint)0, (nint)handle.GetValue(op)!);
        }
    }

    public static TheoryData<string> Methods =>
        [.. typeof(Tensor).GetMethods().Where(IsOfTensorsAndNumbers).Select(method => method.ToString()!).Distinct()];

    /// <summary>Calls a method with plausible arguments; a complaint about the signature would be a wrong pairing in the binding.</summary>
    [Theory, MemberData(nameof(Methods))]
    public void Every_method_of_tensors_and_numbers_runs(string signature)
    {
        using DisposeScope scope = NewDisposeScope();
        MethodInfo method = typeof(Tensor).GetMethods().First(candidate => candidate.ToString() == signature);
        ScalarType[] types = [float64, @bool, int64];
        (long[] Self, long[] Other)[] shapes = [([2, 2], [2, 2]), ([2], [2]), ([2, 2], [2]), ([1, 2, 2], [1, 2, 2]), ([1], [1]), ([1, 1, 1, 1, 1, 1], [1])];
        List<string> complaints = [];
        foreach (ScalarType type in types)
        {
            foreach ((long[] self, long[] other) in shapes)
            {
                try
                {
                    object?[] arguments = [.. method.GetParameters().Select(parameter => Argument(parameter, other, type))];
                    method.Invoke(method.IsStatic ? null : Operand(self, type), arguments);
                    return;
                }
                catch (TargetInvocationException failure) when (failure.InnerException is ExternalException refusal)
                {
                    complaints.Add(refusal.Message.Split('\n')[0]);
                }
            }
        }
        Assert.Fail(string.Join(Environment.NewLine, complaints.Distinct()));
    }

    // Ones, but with an inverse where the shape is a matrix.
    private static Tensor Operand(long[] shape, ScalarType type) =>
        shape.Length == 2 && type != @bool ? ones(shape, type) + eye(shape[0], shape[1], type) : ones(shape, type);

    private static bool IsOfTensorsAndNumbers(MethodInfo method) =>
        method.ReturnType == typeof(Tensor)
        && method.Name is not ("backward" or "cuda" or "MoveToOtherDisposeScope" or "MoveToOuterDisposeScope" or "DetachFromDisposeScope")
        && method.GetParameters().All(parameter => parameter.ParameterType == typeof(Tensor) || parameter.ParameterType == typeof(Scalar)
            || parameter.ParameterType.IsPrimitive || parameter.ParameterType == typeof(ScalarType?));

    private static object? Argument(ParameterInfo parameter, long[] shape, ScalarType type)
    {
        if (parameter.ParameterType == typeof(Scalar)) return (Scalar)1;
        if (parameter.HasDefaultValue && parameter.ParameterType != typeof(Tensor)) return parameter.DefaultValue;
        if (parameter.ParameterType == typeof(Tensor))
        {
            return parameter.Name switch
            {
                "mask" or "condition" => ones(shape, @bool),
                "index" => zeros(shape, int64),
                "mat" => ones(2, 2, type),
                _ => ones(shape, type),
            };
        }
        object number = parameter.Name is "length" or "step" or "repeats" or "to" or "finish" or "dim1" ? 1 : parameter.Name is "dim2" ? 2 : 0;
        return Convert.ChangeType(number, parameter.ParameterType);
    }
}
