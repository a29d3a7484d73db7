using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

public class FusedMlpTests
{
    [Theory]
    [InlineData(Activation.Tanh, new[] { 32, 32 }, 5, 0)]
    [InlineData(Activation.Relu, new[] { 100, 100 }, 20, 0)]
    [InlineData(Activation.Tanh, new[] { 17 }, 1, 0)]
    [InlineData(Activation.Tanh, new[] { 33, 48 }, 117, 0)]
    [InlineData(Activation.Relu, new int[0], 3, 0)]
    [InlineData(Activation.Tanh, new[] { 33, 48 }, 117, 5)]
    [InlineData(Activation.Relu, new int[0], 3, 1)]
    public void The_rollouts_forward_pass_is_the_policys(Activation activation, int[] hidden, int count, int contextSize)
    {
        using DisposeScope scope = NewDisposeScope();
        var policy = new GaussianMlp(3, 2, hidden, activation, minStd: 1e-6, contextSize);
        float[] parameters = policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.7);
        // Biases start at zero, so they get other values here that change the result.
        for (int i = 0; i < parameters.Length; i++) parameters[i] += 0.1f * (float)Math.Sin(i);
        var fused = new FusedMlp(policy);
        fused.Load(parameters);
        fused.Reserve(count);
        var observations = new float[count * 3];
        for (int i = 0; i < observations.Length; i++) fused.Input(i % 3)[i / 3] = observations[i] = (float)Math.Cos(i);

        fused.Forward(count);
        DiagonalGaussian expected = policy.Distribution(tensor(parameters, [1, parameters.Length]), tensor(observations, [1, count, 3]));
        float[] expectedMeans = expected.Mean.data<float>().ToArray();
        for (int i = 0; i < expectedMeans.Length; i++) Assert.Equal(expectedMeans[i], fused.Mean(i % 2)[i / 2], tolerance: 2e-5f);
        Assert.Equal(expected.LogStd.data<float>().ToArray(), fused.LogStd);
    }

    /// <summary>One at a time a mean comes from output units in the lanes, together mostly from environments in the lanes.</summary>
    [Theory]
    [InlineData(Activation.Tanh, new[] { 100, 100 }, 127)]
    [InlineData(Activation.Relu, new[] { 17, 64 }, 96)]
    [InlineData(Activation.Relu, new[] { 50 }, 45)]
    public void A_mean_is_the_same_to_the_last_bit_whatever_the_lanes_hold(Activation activation, int[] hidden, int count)
    {
        var policy = new GaussianMlp(2, 3, hidden, activation, minStd: 1e-6);
        FusedMlp together = new(policy), alone = new(policy);
        float[] initial = policy.Initialise(RandomStream.FromSeed(1), initialStd: 1);
        float[] parameters = [.. initial.Select((value, i) => value + 0.1f * (float)Math.Sin(i))];
        foreach (FusedMlp fused in new[] { together, alone })
        {
            fused.Load(parameters);
            fused.Reserve(count);
        }
        for (int e = 0; e < count; e++) (together.Input(0)[e], together.Input(1)[e]) = (0.1f * e, (float)Math.Sin(e));
        together.Forward(count);
        for (int e = 0; e < count; e++)
        {
            (alone.Input(0)[0], alone.Input(1)[0]) = (together.Input(0)[e], together.Input(1)[e]);
            alone.Forward(1);
            for (int i = 0; i < 3; i++) Assert.Equal(alone.Mean(i)[0], together.Mean(i)[e]);
        }
    }

    [Theory]
    [InlineData(Activation.Tanh, new[] { 100, 100 }, 71)]
    [InlineData(Activation.Relu, new[] { 17, 64 }, 45)]
    public void A_mean_is_the_same_to_the_last_bit_at_every_width_of_a_register(Activation activation, int[] hidden, int count)
    {
        var policy = new GaussianMlp(2, 3, hidden, activation, minStd: 1e-6);
        float[] parameters = policy.Initialise(RandomStream.FromSeed(1), initialStd: 1);
        LayerKernel[] kernels = [new LayerKernel<Lanes128>(), new LayerKernel<Lanes256>(), new LayerKernel<Lanes512>()];
        float[][] means = [.. kernels.Select(kernel =>
        {
            var fused = new FusedMlp(policy, kernel);
            fused.Load(parameters);
            fused.Reserve(count);
            for (int e = 0; e < count; e++) (fused.Input(0)[e], fused.Input(1)[e]) = (0.1f * e, (float)Math.Sin(e));
            fused.Forward(count);
            return (float[])[.. Enumerable.Range(0, 3).SelectMany(i => fused.Mean(i)[..count].ToArray())];
        })];
        Assert.Equal(means[0], means[1]);
        Assert.Equal(means[0], means[2]);
    }
}
