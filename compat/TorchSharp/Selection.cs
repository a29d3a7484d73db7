// What an indexing expression selects: a view, and the tensors that pick elements of it.
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Follows libtorch's own order: each index but a tensor makes a view of the view before it.</summary>
internal sealed class Selection : IDisposable
{
    private readonly List<Tensor?> _picks = [];
    private readonly List<Tensor> _made = [];
    private Tensor _view;
    private int _dim;

    internal Selection(Tensor tensor, TensorIndex[] indices)
    {
        _view = tensor;
        int rank = (int)tensor.Dimensions, named = indices.Sum(Consumes);
        foreach (TensorIndex index in indices)
        {
            if (index.Form == TensorIndex.Kind.Ellipsis) _dim += rank - named;
            else Apply(index);
        }
    }

    internal Tensor Read() =>
        _picks.Count == 0 ? _view.alias() : Op.Index.Boxed(_view, Argument.OptionalTensors(_picks));

    internal void Write(Tensor value, bool accumulate)
    {
        if (_picks.Count != 0) Op.IndexPutInPlace.InPlace(_view, Argument.OptionalTensors(_picks), value, accumulate);
        else if (accumulate) throw new ArgumentException("To accumulate, at least one index must be a tensor.");
        else _view.copy_(value);
    }

    public void Dispose() => _made.ForEach(tensor => tensor.Dispose());

    private static int Consumes(TensorIndex index) => index.Form switch
    {
        TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
        TensorIndex.Kind.Tensor => IsMask(index.Mask!) ? (int)index.Mask!.Dimensions : 1,
        _ => 0,
    };

    private static bool IsMask(Tensor tensor) => tensor.dtype is ScalarType.Bool or ScalarType.Byte;

    private void Apply(TensorIndex index)
    {
        switch (index.Form)
        {
            case TensorIndex.Kind.None or TensorIndex.Kind.Null:
                See(_view.unsqueeze(_dim++));
                break;
            case TensorIndex.Kind.Single:
                See(_view.select(_dim, index.Start ?? 0));
                break;
            case TensorIndex.Kind.Slice:
                See(Op.Slice.Boxed(_view, _dim++, index.Start, index.Stop, index.Step ?? 1));
                break;
            case TensorIndex.Kind.Bool:
                PickNewAxis(index.Start != 0);
                break;
            case TensorIndex.Kind.Tensor when index.Mask!.Dimensions == 0:
                if (IsMask(index.Mask)) PickNewAxis(index.Mask.ToBoolean());
                else See(_view.select(_dim, index.Mask.ToInt64()));
                break;
            case TensorIndex.Kind.Tensor:
                Pick(index.Mask!);
                break;
        }
    }

    private void See(Tensor view) => _made.Add(_view = view);

    private void PickNewAxis(bool whole)
    {
        See(_view.unsqueeze(_dim));
        Tensor mask = Op.Full.Boxed((long[])[1], whole, ScalarType.Bool, Argument.None, _view.device, false);
        _made.Add(mask);
        Pick(mask);
    }

    private void Pick(Tensor tensor)
    {
        while (_picks.Count < _dim) _picks.Add(null);
        _picks.Add(tensor);
        _dim++;
    }
}

internal static partial class Op
{
    internal static readonly Operator Index = new("index", "Tensor");
    internal static readonly Operator IndexPutInPlace = new("index_put_");
}
