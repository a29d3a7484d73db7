using System.Runtime.InteropServices;

namespace MamlRobotics.MetaRL.Tests;

public class TensorScopeTests
{
    private sealed record Pair(Tensor Made, Tensor Given) : ITensorHolder
    {
        public IEnumerable<Tensor> Tensors => [Made, Given];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Results_of_all_threads_are_the_callers_in_order_and_what_they_were_given_stays_where_it_was(int threads)
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor given = Indices(40, float64, CPU);
        Tensor kept;
        using (DisposeScope inner = NewDisposeScope())
        {
            Pair[] pairs = TensorScope.RunEach(40, threads, item => new Pair(given[item] * Number(2), given));
            Assert.Equal(Enumerable.Range(0, 40).Select(item => 2.0 * item), pairs.Select(pair => pair.Made.item<double>()));
            Assert.All(pairs, pair => Assert.True(inner.Contains(pair.Made)));
            Assert.True(outer.Contains(given));
            kept = pairs[0].Made;
        }
        Assert.True(kept.IsInvalid);
        Assert.False(given.IsInvalid);
    }

    [Fact]
    public void A_result_is_the_callers_and_what_the_computation_was_given_stays_where_it_was()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor given = ones(2);
        using (DisposeScope inner = NewDisposeScope())
        {
            Pair pair = TensorScope.Run(() => new Pair(given * Number(2), given));
            Assert.True(inner.Contains(pair.Made));
            Assert.True(inner.Contains(TensorScope.Run(() => given * Number(2))));
            Assert.Same(given, TensorScope.Run(() => given));
            // The same holds within a scope of the caller, whose tensors must not move out of it call by call.
            Tensor made = ones(2);
            Assert.Same(made, TensorScope.Run(() => TensorScope.Run(() => made)));
            Assert.True(inner.Contains(made));
        }
        Assert.True(outer.Contains(given));
        Assert.False(given.IsInvalid);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_failing_item_gives_its_own_exception(int threads)
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => TensorScope.RunEach(20, threads, item => ones(2).reshape(item == 7 ? 3 : 2)));
    }
}
