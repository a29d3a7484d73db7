// Gradients: of graphs, of leaves, and the modes that record or forget them.
namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                int on = Kept(Native.mt_requires_grad(Handle));
                Native.Check(on);
                return on != 0;
            }
            set => requires_grad_(value);
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            Native.Check(Kept(Native.mt_set_requires_grad(Handle, requires_grad ? (byte)1 : (byte)0)));
            return this;
        }

        public Tensor? grad
        {
            get
            {
                Native.Check(Kept(Native.mt_grad(Handle, out nint gradient)));
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set
            {
                Native.Check(Kept(Native.mt_set_grad(Handle, value is null ? 0 : value.Handle)));
                GC.KeepAlive(value);
            }
        }

        public void backward() => autograd.backward([this]);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Op.Detach.Call(this);
        public Tensor detach_() => Op.DetachInPlace.InPlace(this);
    }

    public static partial class autograd
    {
        /// <summary>
        /// Gradients of the sum of the outputs. An input that no output depends on gets an invalid tensor where
        /// <paramref name="allow_unused"/>. <paramref name="retain_graph"/> does not follow <paramref name="create_graph"/>.
        /// </summary>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] gradients = Handles(grad_outputs);
            var results = new nint[inputs.Count];
            int status;
            fixed (nint* start = results)
            {
                status = Native.mt_autograd_grad(Handles(outputs), outputs.Count, Handles(inputs), inputs.Count, gradients, gradients.Length,
                    Flag(retain_graph), Flag(create_graph), Flag(allow_unused), start);
            }
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            Native.Check(status);
            return Array.ConvertAll(results, handle => new Tensor(handle));
        }

        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] gradients = Handles(grad_tensors);
            nint[] leaves = Handles(inputs);
            int status = Native.mt_backward(Handles(tensors), tensors.Count, gradients, gradients.Length, leaves, leaves.Length,
                Flag(retain_graph ?? create_graph), Flag(create_graph));
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
            Native.Check(status);
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            if (tensors is null) return [];
            var handles = new nint[tensors.Count];
            for (int i = 0; i < handles.Length; i++) handles[i] = tensors[i].Handle;
            return handles;
        }
    }

    public static IDisposable no_grad() => new GradMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);
    public static bool is_grad_enabled() => Native.mt_grad_enabled() != 0;
    public static bool is_inference_mode_enabled() => Native.mt_inference_enabled() != 0;

    private static byte Flag(bool on) => on ? (byte)1 : (byte)0;

    // The mode belongs to the thread, so a forgotten guard must not be undone by the finalizer's.
    private sealed class GradMode : IDisposable
    {
        private readonly byte _before = Native.mt_grad_enabled();

        public GradMode(bool on) => Native.mt_set_grad_enabled(Flag(on));

        public void Dispose() => Native.mt_set_grad_enabled(_before);
    }

    private sealed class InferenceMode(bool on) : IDisposable
    {
        private nint _guard = Native.mt_inference_enter(Flag(on));

        public void Dispose()
        {
            nint guard = Interlocked.Exchange(ref _guard, 0);
            if (guard != 0) Native.mt_inference_leave(guard);
        }
    }
}

internal static partial class Op
{
    internal static readonly Operator Detach = new("detach");
    internal static readonly Operator DetachInPlace = new("detach_");
}
