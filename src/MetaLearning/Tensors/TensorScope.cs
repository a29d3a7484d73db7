using System.Runtime.ExceptionServices;

namespace MamlRobotics.MetaLearning;

/// <summary>A result that holds tensors, which outlive the scope in which they were made.</summary>
public interface ITensorHolder
{
    IEnumerable<Tensor> Tensors { get; }
}

/// <summary>Frees the tensors that algorithms leave behind. No other class manages the lifetime of temporary tensors.</summary>
public static class TensorScope
{
    /// <summary>
    /// Runs <paramref name="compute"/> and frees every tensor that it made, except those in its result, which the caller then owns.
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
    /// Computes items 0 to <paramref name="count"/> - 1 on several threads and frees the temporary tensors of each.
    /// The caller then owns the tensors of the results, except those that the items did not make.
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
                // A scope belongs to one thread. Tensors that this thread made go to the caller; others stay where they are.
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
        [.. RunEach(count, threads, item => new OneTensor(compute(item))).Select(holder => holder.Value)];

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

    private sealed record OneTensor(Tensor Value) : ITensorHolder
    {
        public IEnumerable<Tensor> Tensors => [Value];
    }
}
