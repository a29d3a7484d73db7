using System.Runtime.Intrinsics;

namespace MamlRobotics.Envs.Tests;

public class VectorMathTests
{
    [Fact]
    public void Sine_and_cosine_are_accurate_up_to_thousands_of_turns()
    {
        for (int i = 0; i < 200_000; i++)
        {
            float angle = (float)(2e4 * RandomStream.FromSeed(1).Uniform(i) - 1e4) * (i % 2 == 0 ? 1 : 1e-3f);
            (Vector512<float> sin, Vector512<float> cos) = VectorMath.SinCos(Vector512.Create(angle));
            Assert.Equal(Math.Sin(angle), sin[3], tolerance: 2e-7);
            Assert.Equal(Math.Cos(angle), cos[12], tolerance: 2e-7);
        }
    }

    [Theory]
    [InlineData(1e9f)]
    [InlineData(-1e30f)]
    public void Sine_and_cosine_of_huge_angles_stay_in_range(float angle)
    {
        (Vector512<float> sin, Vector512<float> cos) = VectorMath.SinCos(Vector512.Create(angle));
        Assert.InRange(sin[0], -1, 1);
        Assert.InRange(cos[0], -1, 1);
    }

    [Fact]
    public void The_exponential_is_accurate_and_stays_in_the_range_of_floats()
    {
        for (float x = -87; x < 88; x += 0.003f) Assert.Equal(1, VectorMath.Exp(Vector512.Create(x))[7] / Math.Exp(x), tolerance: 2e-7);
        Assert.True(float.IsFinite(VectorMath.Exp(Vector512.Create(1e30f))[0]));
        Assert.InRange(VectorMath.Exp(Vector512.Create(-1e30f))[0], 0, 1e-37f);
    }

    [Fact]
    public void Hyperbolic_tangent_is_accurate_and_saturates()
    {
        for (float x = -20; x < 20; x += 0.0007f) Assert.Equal(Math.Tanh(x), VectorMath.Tanh(Vector512.Create(x))[0], tolerance: 2e-7);
        Assert.Equal(1, VectorMath.Tanh(Vector512.Create(1e30f))[0]);
        Assert.Equal(-1, VectorMath.Tanh(Vector512.Create(-9.02f))[0]);
        Assert.Equal(0, VectorMath.Tanh(Vector512<float>.Zero)[0]);
        Assert.True(float.IsNaN(VectorMath.Tanh(Vector512.Create(float.NaN))[0]));
    }

    [Fact]
    public void The_logarithm_is_accurate_over_the_normal_floats()
    {
        for (float x = 1.2e-38f; x < 3e38f; x *= 1.0007f)
            Assert.Equal(0, (VectorMath.Log(Vector512.Create(x))[9] - Math.Log(x)) / Math.Max(1, Math.Abs(Math.Log(x))), tolerance: 2e-7);
        Assert.Equal(0, VectorMath.Log(Vector512.Create(1f))[0]);
    }
}
