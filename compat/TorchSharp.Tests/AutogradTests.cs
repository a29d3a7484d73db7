// Gradients are libtorch's: checked against central differences and against what the real package does.
using System.Runtime.InteropServices;

namespace TorchSharp.Compat.Tests;

public class AutogradTests
{
    private static readonly double[] s_theta = [0.3, -0.7, 1.1, 0.2, -0.4, 0.9];

    [Fact]
    public void The_gradient_through_a_gradient_step_agrees_with_central_differences()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor theta = tensor(s_theta, requires_grad: true);
        double[] exact = autograd.grad([QueryLossAfterAdaptation(theta, secondOrder: true)], [theta])[0].data<double>().ToArray();

        const double Step = 1e-5;
        for (int i = 0; i < s_theta.Length; i++)
        {
            double up = Loss(i, Step), down = Loss(i, -Step);
            Assert.Equal((up - down) / (2 * Step), exact[i], 1e-8);
        }

        static double Loss(int index, double by)
        {
            double[] moved = [.. s_theta];
            moved[index] += by;
            return QueryLossAfterAdaptation(tensor(moved, requires_grad: true), secondOrder: true).ToDouble();
        }
    }

    [Fact]
    public void Dropping_the_graph_of_the_inner_step_changes_the_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor theta = tensor(s_theta, requires_grad: true);
        Tensor second = autograd.grad([QueryLossAfterAdaptation(theta, secondOrder: true)], [theta])[0];
        Tensor first = autograd.grad([QueryLossAfterAdaptation(theta, secondOrder: false)], [theta])[0];

        Assert.True((second - first).abs().max().ToDouble() > 1e-3);
    }

    [Fact]
    public void An_unused_input_has_an_invalid_gradient_not_null()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor used = ones(2, requires_grad: true), unused = ones(2, requires_grad: true);
        IList<Tensor> gradients = autograd.grad([used.sum()], [used, unused], allow_unused: true);

        Assert.False(gradients[0].IsInvalid);
        Assert.NotNull(gradients[1]);
        Assert.True(gradients[1].IsInvalid);
    }

    [Fact]
    public void A_freed_graph_is_an_exception()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2, requires_grad: true);
        Tensor loss = (x * x).sum();
        autograd.grad([loss], [x]);

        Assert.Contains("second time", Assert.Throws<ExternalException>(() => autograd.grad([loss], [x])).Message);
    }

    [Fact]
    public void Backward_accumulates_and_grad_can_be_cleared()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1.0, 2.0 }, requires_grad: true);
        (x * x).sum().backward();
        (x * x).sum().backward();
        Assert.Equal([4.0, 8.0], x.grad!.data<double>().ToArray());

        x.grad = null;
        Assert.True(x.grad is null);
    }

    [Fact]
    public void Modes_nest_and_restore()
    {
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            using (enable_grad()) Assert.True(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }
        Assert.True(is_grad_enabled());
        using (inference_mode()) Assert.True(is_inference_mode_enabled());
        Assert.False(is_inference_mode_enabled());
    }

    private static Tensor QueryLossAfterAdaptation(Tensor theta, bool secondOrder)
    {
        Tensor gradient = autograd.grad([TaskLoss(theta, 0.5)], [theta], create_graph: secondOrder, retain_graph: secondOrder)[0];
        return TaskLoss(theta - gradient * 0.1, -0.2);
    }

    // A network 2-2-1 whose six weights are one vector.
    private static Tensor TaskLoss(Tensor theta, double goal)
    {
        Tensor input = tensor(new[] { 0.1, 0.4, -0.3, 0.8 }).view(1, 2, 2);
        Tensor hidden = tanh(bmm(input, theta[..4].view(1, 2, 2)));
        return (hidden.matmul(theta[4..].view(2, 1)) - goal).pow(2).mean();
    }
}
