using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

/// <summary>The learned optimiser and those that people designed, on functions whose values are known.</summary>
public class OptimiserTests
{
    private static readonly OptimiserSettings Tiny = new(
        Units: 3, OptimiserInput.Logarithm, LogarithmRange: 10, OutputScale: 0.1, NominalRate: 0, Steps: 6, Unroll: 3, Counted: 3,
        IsFirstOrder: false, IsLogarithmic: false);

    static OptimiserTests() => Compute.Configure();

    [Fact]
    public void A_quadratic_is_the_squared_distance_that_a_matrix_leaves()
    {
        using DisposeScope scope = NewDisposeScope();
        var functions = new Quadratics(tensor(new[,,] { { { 1.0, 2 }, { 3, 4 } } }), tensor(new[,] { { 1.0, -1 } }));
        // (1 + 2 - 1)^2 + (3 + 4 + 1)^2
        Assert.Equal(68, functions.Loss(tensor(new[,] { { 1.0, 1 } }), 0).item<double>(), 12);
        Assert.Equal(0, functions.Loss(tensor(new[,] { { -3.0, 2 } }), 0).item<double>(), 12);
    }

    [Fact]
    public void A_network_of_zeros_gives_every_digit_the_same_probability()
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitSource source = Digits();
        Optimisees functions = source.Draw(RandomStream.FromSeed(1), 0, 3);
        double[] losses = [.. functions.Loss(zeros(3, source.Dimensions), 1).to(float64).data<double>()];
        Assert.All(losses, loss => Assert.Equal(Math.Log(4), loss, 6));
    }

    [Fact]
    public void Functions_and_starts_are_a_function_of_the_stream_and_their_number_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitSource digits = Digits();
        foreach (OptimiseeSource source in new OptimiseeSource[] { digits, new QuadraticSource(3, 0.5, CPU) })
        {
            RandomStream stream = RandomStream.FromSeed(1);
            Tensor many = source.Starts(stream, 0, 8), alone = source.Starts(stream, 6, 1);
            Assert.Equal(many[6].data<float>().ToArray(), alone[0].data<float>().ToArray());
            Tensor ofMany = source.Draw(stream, 0, 8).Some(6, 1).Loss(alone, 2), ofOne = source.Draw(stream, 6, 1).Loss(alone, 2);
            Assert.Equal(ofMany.item<float>(), ofOne.item<float>());
        }
    }

    [Fact]
    public void With_an_output_layer_of_zero_the_points_stay_where_they_are()
    {
        using DisposeScope scope = NewDisposeScope();
        var network = new OptimiserNetwork(Tiny);
        float[] parameters = network.Initialise(RandomStream.FromSeed(1));
        network.Layout.Block("output.weight").Of(parameters).Clear();
        (Quadratics functions, Tensor start) = Functions();
        Tensor theta = tensor(parameters).to(float64).unsqueeze(0);
        Tensor still = Minimisation.Run(network.RuleOf(theta), functions, start, 5).Points;
        Assert.Equal(start.data<double>().ToArray(), still.data<double>().ToArray());
        network.Layout.Block("output.bias").Of(parameters)[0] = 1;
        Tensor moved = Minimisation.Run(network.RuleOf(tensor(parameters).to(float64).unsqueeze(0)), functions, start, 5).Points;
        // Five steps of the output's scale.
        Assert.True((moved - start).Plus(-0.5).abs().max().item<double>() < 1e-9);
    }

    public static TheoryData<bool, bool, OptimiserInput> Losses => new()
    {
        { false, false, OptimiserInput.Logarithm }, { false, true, OptimiserInput.Logarithm }, { true, false, OptimiserInput.Logarithm },
        { false, true, OptimiserInput.Moments }, { true, false, OptimiserInput.Moments },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradient_of_the_training_loss_is_its_central_difference(bool ofDigits, bool isLogarithmic, OptimiserInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitSource digits = Digits();
        var network = new OptimiserNetwork(Tiny with
        {
            IsLogarithmic = isLogarithmic, Input = input, NominalRate = input == OptimiserInput.Moments ? 0.05 : 0,
        });
        double[] point = Point(network), gradient = [];
        OptimiseeSamples samples = ofDigits ? Samples(network, digits.Draw(RandomStream.FromSeed(1), 0, 2),
            digits.Starts(RandomStream.FromSeed(1), 0, 2).to(float64)) : Samples(network, Functions().Functions, Functions().Start);
        gradient = Gradient(network, point, samples);
        Assert.True(gradient.Max(Math.Abs) > 1e-4);
        const double Step = 1e-5;
        for (int i = 0; i < point.Length; i++)
        {
            double difference = (Loss(i, Step) - Loss(i, -Step)) / (2 * Step);
            Assert.Equal(difference, gradient[i], tolerance: 1e-8 + 1e-5 * Math.Abs(difference));
        }

        double Loss(int coordinate, double offset)
        {
            double[] moved = [.. point];
            moved[coordinate] += offset;
            return Mean(network, tensor(moved), samples).item<double>();
        }
    }

    /// <summary>The gradient at the start does not depend on the optimiser, so only further steps make a difference.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Gradients_of_first_order_differ_from_exact_ones_from_the_second_step_on(int unroll)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] Of(bool isFirstOrder)
        {
            var network = new OptimiserNetwork(Tiny with { Unroll = unroll, Counted = unroll, IsFirstOrder = isFirstOrder });
            return Gradient(network, Point(network), Samples(network, Functions().Functions, Functions().Start));
        }
        double difference = Of(true).Zip(Of(false), (one, other) => Math.Abs(one - other)).Max();
        Assert.Equal(unroll == 1, difference < 1e-12);
    }

    [Theory]
    [InlineData(0.049787068367863944, -0.3, 1)]
    [InlineData(-1, 0, -1)]
    [InlineData(1e-6, -1, 0.022026465794806718)]
    [InlineData(0, -1, 0)]
    public void A_gradient_is_seen_by_its_logarithm_and_its_sign(double gradient, double first, double second)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] seen = [.. new OptimiserNetwork(Tiny).Preprocessed(tensor(new[,] { { gradient } })).data<double>()];
        Assert.Equal(first, seen[0], 12);
        Assert.Equal(second, seen[1], 12);
    }

    /// <summary>Both moments are relative to the size of the gradients before, and the logarithm is not.</summary>
    [Fact]
    public void An_optimiser_that_sees_moments_takes_the_same_steps_for_a_function_a_thousand_times_as_large()
    {
        using DisposeScope scope = NewDisposeScope();
        (Quadratics functions, Tensor start) = Functions();
        var large = new Quadratics(Larger(functions.Factors), Larger(functions.Targets));
        Assert.True(Difference(OptimiserInput.Moments) < 1e-9);
        Assert.True(Difference(OptimiserInput.Logarithm) > 1e-3);

        static Tensor Larger(Tensor values) => values * Number(Math.Sqrt(1000));

        double Difference(OptimiserInput input)
        {
            var network = new OptimiserNetwork(Tiny with { Input = input });
            IStepRule rule = network.RuleOf(tensor(Point(network)).unsqueeze(0));
            Tensor Reached(Quadratics those) => Minimisation.Run(rule, those, start, 6).Points;
            return (Reached(functions) - Reached(large)).abs().max().item<double>();
        }
    }

    /// <summary>After one gradient, its running mean divided by the root of that of squares is its sign.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Before_training_the_first_step_is_that_of_Adam_and_a_bias_makes_it_longer(double times)
    {
        using DisposeScope scope = NewDisposeScope();
        const double Rate = 0.05;
        var network = new OptimiserNetwork(Tiny with { Input = OptimiserInput.Moments, NominalRate = Rate });
        float[] parameters = network.Initialise(RandomStream.FromSeed(1));
        network.Layout.Block("output.bias").Of(parameters)[1] = (float)Math.Log(times);
        var square = new Quadratics(ones(1, 1, 1, float64), zeros(1, 1, float64));
        Tensor after = Minimisation.Run(
            network.RuleOf(tensor(parameters).to(float64).unsqueeze(0)), square, tensor(new[,] { { 3.0 } }), steps: 1).Points;
        Assert.Equal(3 - times * Rate, after.item<double>(), 6);
    }

    /// <summary>The optimiser sees one coordinate after another, so their order means nothing.</summary>
    [Fact]
    public void Permuting_the_coordinates_permutes_the_steps()
    {
        using DisposeScope scope = NewDisposeScope();
        (Quadratics functions, Tensor start) = Functions();
        var network = new OptimiserNetwork(Tiny);
        IStepRule rule = network.RuleOf(tensor(Point(network)).unsqueeze(0));
        Tensor order = tensor(new long[] { 2, 0, 1 });
        var renamed = new Quadratics(functions.Factors.index_select(2, order), functions.Targets);
        Tensor plain = Minimisation.Run(rule, functions, start, 4).Points;
        Tensor permuted = Minimisation.Run(rule, renamed, start.index_select(1, order), 4).Points;
        Assert.True((plain.index_select(1, order) - permuted).abs().max().item<double>() < 1e-12);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void The_training_loss_is_the_mean_of_the_losses_after_each_of_the_last_steps(int counted)
    {
        using DisposeScope scope = NewDisposeScope();
        (Quadratics functions, Tensor start) = Functions();
        var network = new OptimiserNetwork(Tiny with { Counted = counted });
        var losses = new List<double>();
        Tensor theta = tensor(Point(network));
        Minimisation.Run(network.RuleOf(theta.unsqueeze(0)), functions, start, 3, (_, values) => losses.Add(values.mean().item<double>()));
        Assert.Equal(losses.TakeLast(counted).Average(), Mean(network, theta, Samples(network, functions, start)).item<double>(), 12);
    }

    /// <summary>On x^2 from 3, where the gradient is 6.</summary>
    [Theory]
    [InlineData("SGD", 1, 3 - 0.6)]
    [InlineData("SGD", 2, 2.4 - 0.48)]
    [InlineData("RMSProp", 1, 3 - 0.31622776)]
    [InlineData("Adam", 1, 3 - 0.1)]
    // The velocity is 6, and the step looks ahead by nine tenths of it.
    [InlineData("Nesterov", 1, 3 - 0.1 * (6 + 0.9 * 6))]
    // There the point is 1.86, its gradient 3.72 and the velocity 9.12.
    [InlineData("Nesterov", 2, 1.86 - 0.1 * (3.72 + 0.9 * 9.12))]
    public void Steps_of_designed_optimisers_are_those_of_their_papers(string name, int steps, double expected)
    {
        using DisposeScope scope = NewDisposeScope();
        var square = new Quadratics(ones(1, 1, 1, float64), zeros(1, 1, float64));
        IStepRule rule = HandDesignedRule.All.Single(one => one.Label == name).Rule(0.1);
        Assert.Equal(expected, Minimisation.Run(rule, square, tensor(new[,] { { 3.0 } }), steps).Points.item<double>(), 6);
    }

    [Fact]
    public void The_best_rate_is_that_of_the_smallest_loss_and_never_one_that_diverges()
    {
        (double, double)[] grid = [(0.1, 3), (0.2, 2), (0.5, double.NaN), (1, double.PositiveInfinity)];
        Assert.Equal(0.2, new TunedRule(HandDesignedRule.All[0], grid).Best);
        Assert.Equal(1e-4, TunedRule.Rates[0], 12);
        Assert.Equal(5, TunedRule.Rates[^1], 12);
    }

    private static double[] Point(OptimiserNetwork network) =>
        [.. network.Initialise(RandomStream.FromSeed(3)).Select((value, i) => value + 0.05 * Math.Sin(i + 1))];

    private static (Quadratics Functions, Tensor Start) Functions()
    {
        var source = new QuadraticSource(dimensions: 3, deviation: 0.5, CPU);
        Quadratics functions = source.Draw(RandomStream.FromSeed(1), 0, 2);
        Tensor start = source.Starts(RandomStream.FromSeed(1), 0, 2);
        return (new(functions.Factors.to(float64), functions.Targets.to(float64)), start.to(float64));
    }

    private static DigitSource Digits() => new(
        Pictures.Set(classes: 4, images: 6), new OptimisationConfig { InnerSteps = 6, HiddenUnits = 2, BatchSize = 5 }, CPU);

    private static OptimiseeSamples Samples(OptimiserNetwork network, Optimisees functions, Tensor start) =>
        new(functions, start, zeros([start.shape[0], start.shape[1], network.MemorySize], float64), Steps: 0);

    private static Tensor Mean(OptimiserNetwork network, Tensor theta, OptimiseeSamples samples) =>
        network.Forward(theta, theta.unsqueeze(0).expand(samples.TaskCount, -1), samples).Outer().mean();

    private static double[] Gradient(OptimiserNetwork network, double[] point, OptimiseeSamples samples)
    {
        Tensor theta = tensor(point).requires_grad_();
        return [.. autograd.grad([Mean(network, theta, samples)], [theta])[0].data<double>()];
    }
}
