// Indexing reads and writes what the same expression does in Python.
namespace TorchSharp.Compat.Tests;

public class IndexingTests
{
    private static Tensor Grid() => arange(12).view(3, 4);

    private static long[] Values(Tensor x) => x.data<long>().ToArray();

    [Fact]
    public void Numbers_ranges_and_ellipses_select_views()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Grid();
        Assert.Equal([4, 5, 6, 7], Values(x[1]));
        Assert.Equal(7, x[1, 3].item<long>());
        Assert.Equal([8, 9, 10, 11], Values(x[^1]));
        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 11], Values(x[1..]));
        Assert.Equal([0, 4, 8], Values(x[.., 0]));
        Assert.Equal([3, 7, 11], Values(x[TensorIndex.Ellipsis, ^1]));
        Assert.Equal([1, 2, 5, 6], Values(x[..^1, 1..3]));
        Assert.Equal([0, 2], Values(x[0, TensorIndex.Slice(step: 2)]));
        Assert.Equal([3, 1, 4], x[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([1, 3, 4], x[TensorIndex.Null, TensorIndex.Ellipsis].shape);
        Assert.Equal([1, 3, 4], x[TensorIndex.Bool(true)].shape);
    }

    [Fact]
    public void Tensors_and_masks_gather()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Grid(), picks = tensor(new[] { 2L, 0L });
        Assert.Equal([8, 9, 10, 11, 0, 1, 2, 3], Values(x[picks]));
        Assert.Equal([10, 2], Values(x[TensorIndex.Tensor(picks), 2]));
        Assert.Equal([9, 10, 1, 2], Values(x[TensorIndex.Tensor(picks), 1..3]));
        Assert.Equal([2, 0, 6, 4, 10, 8], Values(x[TensorIndex.Colon, TensorIndex.Tensor(picks)]));
        Assert.Equal([9, 10, 11], Values(x[x > 8]));
        Tensor mask = tensor(new[,] { { false, true, false }, { false, false, true } });
        Assert.Equal([3, 10], Values(arange(12).view(2, 3, 2)[TensorIndex.Tensor(mask), TensorIndex.Tensor(tensor(new[] { 1L, 0L }))]));
        Assert.Equal([2, 3], Values(arange(12).view(2, 3, 2)[mask][0]));
        Assert.Equal([4, 5, 6, 7], Values(x[tensor(1)]));
        Assert.Equal([6, 4], Values(x[TensorIndex.Single(1), TensorIndex.Tensor(picks)]));
        Assert.Equal([10, 2], Values(x[picks, tensor(new[] { 2L, 2L })]));
        Assert.Equal([8, 9, 10, 11, 0, 1, 2, 3], Values(x.index_select(0, picks)));
        Assert.Equal([2, 4], Values(x[..2].gather(1, picks.view(2, 1))));
    }

    [Fact]
    public void Assignments_write_through_views()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Grid();
        x[0] = tensor(-1L);
        x[1, 2] = tensor(-2L);
        x[2, 1..3] = tensor(new[] { -3L, -4L });
        Assert.Equal([-1, -1, -1, -1, 4, 5, -2, 7, 8, -3, -4, 11], Values(x));
        x[x < 0] = tensor(0L);
        x[TensorIndex.Colon, TensorIndex.Tensor(tensor(new[] { 3L }))] = tensor(9L);
        Assert.Equal([0, 0, 0, 9, 4, 5, 0, 9, 8, 0, 0, 9], Values(x));
        x.index_put_(tensor(1L), [TensorIndex.Tensor(tensor(new[] { 0L, 0L })), TensorIndex.Single(0)], accumulate: true);
        x.index_put_(5, TensorIndex.Single(2), TensorIndex.Colon);
        Assert.Equal([2, 0, 0, 9, 4, 5, 0, 9, 5, 5, 5, 5], Values(x));
    }

    [Fact]
    public void An_index_leaves_no_tensor_but_its_result()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Grid();
        TensorIndex rows = TensorIndex.Tensor(tensor(new[] { 1L }));
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (x[1..2, TensorIndex.None, 3]) Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        using (x[rows, 1..]) Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        using (x[TensorIndex.Bool(true), 0]) Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        using (x[1, 2]) Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Sorting_gives_the_places_of_the_values_in_order()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[,] { { 3L, 1L, 2L }, { 7L, 9L, 8L } });
        Assert.Equal([1L, 2, 0, 0, 2, 1], x.argsort().data<long>().ToArray());
        Assert.Equal([0L, 0, 0, 1, 1, 1], x.argsort(dim: 0).data<long>().ToArray());
        Assert.Equal([0L, 2, 1, 1, 2, 0], x.argsort(descending: true).data<long>().ToArray());
    }

    [Fact]
    public void A_shift_to_the_right_copies_the_sign()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([1L, -2, -1], tensor(new[] { 5L, -7L, -1L }).bitwise_right_shift(tensor(2L)).data<long>().ToArray());
    }

    [Fact]
    public void Splits_stacks_and_slices_rearrange()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Grid();
        Assert.Equal([2, 1], x.split(2).Select(part => (int)part.size(0)));
        Assert.Equal([1, 3], x.split([1, 3], dim: 1).Select(part => (int)part.size(1)));
        Assert.Equal(2, x.chunk(2, 1).Length);
        Assert.Equal([6, 4], cat([x, x]).shape);
        Assert.Equal([3, 2, 4], stack([x, x], 1).shape);
        Assert.Equal([0, 2], Values(x.slice(1, 0, 4, 2)[0]));
        Assert.Equal([5, 6], Values(x.narrow(1, 1, 2)[1]));
        Assert.Equal([4, 3], x.T.shape);
        Assert.Equal([2, 3, 4], x.unsqueeze(0).expand(2, -1, -1).shape);
        Assert.Equal([3, 4], x.unsqueeze(0).squeeze().shape);
    }
}
