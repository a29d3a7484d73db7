namespace MamlRobotics.MetaRL;

/// <summary>Something that holds tensors, which outlive the scope that made it.</summary>
public interface ITensorHolder
{
    IEnumerable<Tensor> Tensors { get; }
}

/// <summary>The one owner of tensor lifetimes: algorithms compute, and what they leave behind is freed here.</summary>
public static class TensorScope
{
    /// <summary>Runs <paramref name="compute"/> and frees every tensor it made, except those in its result.</summary>
    public static T Run<T>(Func<T> compute) where T : ITensorHolder
    {
        using DisposeScope scope = NewDisposeScope();
        T result = compute();
        foreach (Tensor kept in result.Tensors) kept.MoveToOuterDisposeScope();
        return result;
    }

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public static Tensor Run(Func<Tensor> compute)
    {
        using DisposeScope scope = NewDisposeScope();
        return compute().MoveToOuterDisposeScope();
    }

    /// <summary>Runs <paramref name="compute"/>, whose result holds no tensor, and frees every tensor it made.</summary>
    public static T Free<T>(Func<T> compute)
    {
        using DisposeScope scope = NewDisposeScope();
        return compute();
    }

    /// <inheritdoc cref="Free{T}(Func{T})"/>
    public static void Free(Action compute)
    {
        using DisposeScope scope = NewDisposeScope();
        compute();
    }
}
