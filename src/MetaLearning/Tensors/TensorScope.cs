using System.Runtime.ExceptionServices;

namespace MamlRobotics.MetaLearning;

/// <summary>Something that holds tensors, which outlive the scope that made it.</summary>
public interface ITensorHolder
{
    IEnumerable<Tensor> Tensors { get; }
}

/// <summary>The one owner of tensor lifetimes: algorithms compute, and what they leave behind is freed here.</summary>
public static class TensorScope
{
    /// <summary>
    /// Runs <paramref name="compute"/> and frees every tensor it made, except those in its result, which are the caller's.
    /// A tensor of the result that it did not make stays with its owner.
    /// </summary>
    public static T Run<T>(Func<T> compute) where T : ITensorHolder
    {
        using DisposeScope scope = NewDisposeScope();
        T result = compute();
        scope.MoveToOuter(result.Tensors);
        return result;
    }

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public static Tensor Run(Func<Tensor> compute)
    {
        using DisposeScope scope = NewDisposeScope();
        return scope.MoveToOuter(compute());
    }

    /// <summary>
    /// Computes items 0 to <paramref name="count"/> - 1, several threads at a time, and frees what each left behind.
    /// Their results, in order, are the caller's, but for tensors that they did not make.
    /// </summary>
    public static T[] RunEach<T>(int count, int threads, Func<int, T> compute) where T : ITensorHolder
    {
        var results = new T[count];
        var made = new Tensor[count][];
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, item =>
            {
                using DisposeScope scope = NewDisposeScope();
                results[item] = compute(item);
                // Scopes belong to one thread: what this one made is handed over, what it was given is left alone.
                made[item] = [.. results[item].Tensors.Where(scope.Contains)];
                scope.Detach(made[item]);
            });
        }
        catch (AggregateException problems)
        {
            foreach (Tensor tensor in made.Where(tensors => tensors is not null).SelectMany(tensors => tensors)) tensor.Dispose();
            ExceptionDispatchInfo.Throw(problems.InnerExceptions[0]);
        }
        CurrentDisposeScope?.Attach(made.SelectMany(tensors => tensors));
        return results;
    }

    /// <inheritdoc cref="RunEach{T}(int, int, Func{int, T})"/>
    public static Tensor[] RunEach(int count, int threads, Func<int, Tensor> compute) =>
        [.. RunEach(count, threads, item => new Held(compute(item))).Select(held => held.Value)];

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

    private sealed record Held(Tensor Value) : ITensorHolder
    {
        public IEnumerable<Tensor> Tensors => [Value];
    }
}
