using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

public class FusedMlpTests
{
    [Theory]
    [InlineData(Activation.Tanh, new[] { 32, 32 }, 5)]
    [InlineData(Activation.Relu, new[] { 100, 100 }, 20)]
    [InlineData(Activation.Tanh, new[] { 17 }, 1)]
    [InlineData(Activation.Relu, new int[0], 3)]
    public void The_rollouts_forward_pass_is_the_policys(Activation activation, int[] hidden, int rows)
    {
        using DisposeScope scope = NewDisposeScope();
        var policy = new GaussianMlp(3, 2, hidden, activation, minStd: 1e-6);
        float[] parameters = policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.7);
        // Biases start at zero: give them values, so that they count.
        for (int i = 0; i < parameters.Length; i++) parameters[i] += 0.1f * (float)Math.Sin(i);
        var fused = new FusedMlp(policy);
        fused.Load(parameters);
        var observations = new float[rows * 3];
        for (int i = 0; i < observations.Length; i++) observations[i] = (float)Math.Cos(i);
        var input = new float[rows * fused.RowStride.Input];
        for (int row = 0; row < rows; row++) observations.AsSpan(row * 3, 3).CopyTo(input.AsSpan(row * fused.RowStride.Input));

        ReadOnlySpan<float> means = fused.Forward(input, rows);
        DiagonalGaussian expected = policy.Distribution(tensor(parameters, [1, parameters.Length]), tensor(observations, [1, rows, 3]));
        float[] expectedMeans = expected.Mean.data<float>().ToArray();
        for (int row = 0; row < rows; row++)
            for (int i = 0; i < 2; i++)
                Assert.Equal(expectedMeans[row * 2 + i], means[row * fused.RowStride.Output + i], tolerance: 2e-5f);
        Assert.Equal(expected.LogStd.data<float>().ToArray(), fused.LogStd);
    }

    [Fact]
    public void A_rows_result_does_not_depend_on_the_rows_beside_it()
    {
        var policy = new GaussianMlp(2, 2, [100, 100], Activation.Tanh, minStd: 1e-6);
        var fused = new FusedMlp(policy);
        fused.Load(policy.Initialise(RandomStream.FromSeed(1), initialStd: 1));
        int stride = fused.RowStride.Input;
        var input = new float[9 * stride];
        for (int row = 0; row < 9; row++) (input[row * stride], input[row * stride + 1]) = (0.1f * row, -0.05f * row);
        float[] together = fused.Forward(input, 9).ToArray();
        for (int row = 0; row < 9; row++)
        {
            ReadOnlySpan<float> alone = fused.Forward(input.AsSpan(row * stride, stride), 1);
            Assert.Equal(together[row * fused.RowStride.Output], alone[0]);
            Assert.Equal(together[row * fused.RowStride.Output + 1], alone[1]);
        }
    }
}
