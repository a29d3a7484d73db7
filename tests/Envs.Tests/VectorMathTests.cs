namespace MamlRobotics.Envs.Tests;

public class VectorMathTests
{
    [Fact]
    public void Sine_and_cosine_are_accurate_up_to_thousands_of_turns()
    {
        for (int i = 0; i < 200_000; i++)
        {
            float angle = (float)(2e4 * RandomStream.FromSeed(1).Uniform(i) - 1e4) * (i % 2 == 0 ? 1 : 1e-3f);
            (float sin, float cos) = SinCos(angle);
            Assert.Equal(Math.Sin(angle), sin, tolerance: 2e-7);
            Assert.Equal(Math.Cos(angle), cos, tolerance: 2e-7);
        }
    }

    [Theory]
    [InlineData(1e9f)]
    [InlineData(-1e30f)]
    public void Sine_and_cosine_of_huge_angles_stay_in_range(float angle)
    {
        (float sin, float cos) = SinCos(angle);
        Assert.InRange(sin, -1, 1);
        Assert.InRange(cos, -1, 1);
    }

    [Fact]
    public void The_exponential_is_accurate_and_stays_in_the_range_of_floats()
    {
        for (float x = -87; x < 88; x += 0.003f) Assert.Equal(1, Exp(x) / Math.Exp(x), tolerance: 2e-7);
        Assert.True(float.IsFinite(Exp(1e30f)));
        Assert.InRange(Exp(-1e30f), 0, 1e-37f);
    }

    [Fact]
    public void Hyperbolic_tangent_is_accurate_and_saturates()
    {
        for (float x = -20; x < 20; x += 0.0007f) Assert.Equal(Math.Tanh(x), Tanh(x), tolerance: 2e-7);
        Assert.Equal(1, Tanh(1e30f));
        Assert.Equal(-1, Tanh(-9.02f));
        Assert.Equal(0, Tanh(0));
        Assert.True(float.IsNaN(Tanh(float.NaN)));
    }

    [Fact]
    public void The_logarithm_is_accurate_over_the_normal_floats()
    {
        for (float x = 1.2e-38f; x < 3e38f; x *= 1.0007f)
            Assert.Equal(0, (Log(x) - Math.Log(x)) / Math.Max(1, Math.Abs(Math.Log(x))), tolerance: 2e-7);
        Assert.Equal(0, Log(1f));
    }

    private static (float Sin, float Cos) SinCos(float x) => Everywhere(
        (SinCos<Lanes128>(x), SinCos<Lanes256>(x), SinCos<Lanes512>(x)));

    private static float Exp(float x) => Everywhere(
        (First(VectorMath.Exp(Lanes128.Broadcast(x))), First(VectorMath.Exp(Lanes256.Broadcast(x))),
            First(VectorMath.Exp(Lanes512.Broadcast(x)))));

    private static float Tanh(float x) => Everywhere(
        (First(VectorMath.Tanh(Lanes128.Broadcast(x))), First(VectorMath.Tanh(Lanes256.Broadcast(x))),
            First(VectorMath.Tanh(Lanes512.Broadcast(x)))));

    private static float Log(float x) => Everywhere(
        (First(VectorMath.Log(Lanes128.Broadcast(x))), First(VectorMath.Log(Lanes256.Broadcast(x))),
            First(VectorMath.Log(Lanes512.Broadcast(x)))));

    private static (float Sin, float Cos) SinCos<T>(float x) where T : struct, ILanes<T>
    {
        (T sin, T cos) = VectorMath.SinCos(T.Broadcast(x));
        return (First(sin), First(cos));
    }

    /// <summary>One result, after it was seen to be the same to the last bit at every width.</summary>
    private static TResult Everywhere<TResult>((TResult At128, TResult At256, TResult At512) results)
    {
        if (!Equals(results.At128, results.At256) || !Equals(results.At256, results.At512)) Assert.Fail($"The widths differ: {results}.");
        return results.At512;
    }

    /// <summary>The number that every lane holds.</summary>
    private static float First<T>(T value) where T : struct, ILanes<T>
    {
        Span<float> lanes = stackalloc float[T.Width];
        T.Store(value, lanes);
        foreach (float lane in lanes)
            if (!lane.Equals(lanes[0])) Assert.Fail("The lanes differ.");
        return lanes[0];
    }
}
