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
        Tensor given = arange(40, dtype: float64);
        Tensor kept;
        using (DisposeScope inner = NewDisposeScope())
        {
            Pair[] pairs = TensorScope.RunEach(40, threads, item => new Pair(given[item] * 2, given));
            Assert.Equal(Enumerable.Range(0, 40).Select(item => 2.0 * item), pairs.Select(pair => pair.Made.item<double>()));
            Assert.All(pairs, pair => Assert.True(inner.Contains(pair.Made)));
            Assert.True(outer.Contains(given));
            kept = pairs[0].Made;
        }
        Assert.True(kept.IsInvalid);
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
