// The functional forms of layers; there are no modules here.
namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Op.Linear.Boxed(input, weights, bias);
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);
        }
    }
}

internal static partial class Op
{
    internal static readonly Operator Linear = new("linear");
}
