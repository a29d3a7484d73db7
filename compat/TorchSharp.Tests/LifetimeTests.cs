// Tensors go when their scope goes, stay when they are moved out, and are counted per thread.
using System.Diagnostics;

namespace TorchSharp.Compat.Tests;

// The process's memory is measured, so nothing else may run meanwhile.
[CollectionDefinition(nameof(LifetimeTests), DisableParallelization = true)]
[Collection(nameof(LifetimeTests))]
public class LifetimeTests
{
    [Fact]
    public void A_scope_disposes_of_what_was_made_in_it_and_spares_what_was_moved_out()
    {
        Tensor kept, lost, detached;
        using (DisposeScope outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                kept = ones(2).MoveToOuterDisposeScope();
                lost = ones(2);
                detached = ones(2).DetachFromDisposeScope();
            }
            Assert.True(lost.IsInvalid);
            Assert.False(kept.IsInvalid);
            Assert.True(outer.Contains(kept));
            Assert.Equal(1, outer.DisposablesCount);
        }
        Assert.True(kept.IsInvalid);
        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void A_tensor_can_be_attached_to_another_scope_and_kept_from_disposal()
    {
        Tensor free = ones(2);
        using DisposeScope first = NewDisposeScope();
        using DisposeScope second = NewDisposeScope();
        Tensor own = ones(2);
        free.MoveToOtherDisposeScope(first);
        own.MoveToOtherDisposeScope(free);
        Assert.Equal((2, 0), (first.DisposablesCount, second.DisposablesCount));

        first.DisposeEverythingBut(own);
        Assert.Equal((true, false), (free.IsInvalid, own.IsInvalid));
        Assert.Equal(1, first.DisposablesCount);
    }

    [Fact]
    public void Scopes_may_be_disposed_of_out_of_order()
    {
        DisposeScope outer = NewDisposeScope(), inner = NewDisposeScope();
        outer.Dispose();
        Tensor made = ones(2);
        Assert.True(inner.Contains(made));
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => inner.DisposablesCount);
    }

    [Fact]
    public void Scopes_and_counts_belong_to_a_thread()
    {
        using DisposeScope scope = NewDisposeScope();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Tensor? elsewhere = null;
        long there = -1;
        Thread thread = new(() =>
        {
            elsewhere = ones(2);
            there = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        });
        thread.Start();
        thread.Join();

        Assert.Equal(1, there);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.False(scope.Contains(elsewhere!));
        elsewhere!.Dispose();
    }

    [Fact]
    public void A_wrapped_expression_leaves_its_result_only()
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Tensor result = WrappedTensorDisposeScope(() => (ones(2) + ones(2)).exp());
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        result.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_million_operations_leave_no_tensor_and_no_memory_behind()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor a = randn(4), b = randn(4);
        Work(10_000);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount, before = ResidentWithoutGarbage();
        Work(1_000_000);

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.InRange(ResidentWithoutGarbage() - before, long.MinValue, 32L << 20);

        void Work(int operations)
        {
            for (int done = 0; done < operations; done += 100)
            {
                using DisposeScope scope = NewDisposeScope();
                for (int i = 0; i < 20; i++) (a + b).tanh().mul(a).view(2, 2).sum([0]);
            }
        }
    }

    [Fact]
    public void Large_tensors_that_nobody_disposes_of_are_collected_before_they_fill_the_memory()
    {
        long before = Resident();
        for (int i = 0; i < 2_000; i++) MakeAndForget();
        Assert.InRange(Resident() - before, long.MinValue, 1L << 30);

        static void MakeAndForget() => ones(1024, 1024);
    }

    // The collector may hold as much managed garbage as the bound allows in all; what is left without it is native.
    private static long ResidentWithoutGarbage()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Resident();
    }

    private static long Resident()
    {
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
