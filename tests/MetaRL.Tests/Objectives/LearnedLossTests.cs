using MamlRobotics.Envs;
using static MamlRobotics.MetaRL.Tests.RaggedSamples;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Losses with a learned part, against their formulas.</summary>
public class LearnedLossTests
{
    private const int Hidden = 3;

    private static readonly EnvironmentSpec Spec = TaskFamilies.ByName["maml-nav"].Spec with { Horizon = Horizon };

    [Fact]
    public void With_psi_of_zero_the_learned_objective_is_the_likelihood_ratio()
    {
        using DisposeScope scope = NewDisposeScope();
        var inputs = new WeightInputs(Observation: true, Action: true, Reward: true);
        var psi = new SampleNetwork(inputs.Count(Observed, Acted), [Hidden]);
        MetaBlock block = psi.Block(RandomStream.FromSeed(1));
        PolicyOnBatch seen = Seen(zeros(block.Length, dtype: float64));
        double[] learned = new LearnedWeight(new MetaLayout(0, block), psi, inputs, Spec).Of(seen).data<double>().ToArray();
        Assert.Equal(new LikelihoodRatio().Of(seen).data<double>().ToArray(), learned);
    }

    [Fact]
    public void Every_inner_step_has_a_psi_of_its_own_and_further_ones_the_last()
    {
        using DisposeScope scope = NewDisposeScope();
        var inputs = new WeightInputs(Observation: true, Action: true, Reward: true);
        var psi = new SampleNetwork(inputs.Count(Observed, Acted), [Hidden]);
        MetaBlock one = psi.Block(RandomStream.FromSeed(1));
        Tensor first = tensor(one.Start()).to(float64), second = first * Number(-2.0);
        double[] Losses(MetaBlock block, Tensor meta, int step) =>
            new LearnedWeight(new MetaLayout(0, block), psi, inputs, Spec).Of(Seen(meta) with { Step = step }).data<double>().ToArray();
        Tensor both = cat([first, second], 0);
        Assert.Equal(Losses(one, first, 0), Losses(one.Rows(2), both, 0));
        Assert.Equal(Losses(one, second, 0), Losses(one.Rows(2), both, 1));
        Assert.Equal(Losses(one, second, 0), Losses(one.Rows(2), both, 2));
        Assert.NotEqual(Losses(one.Rows(2), both, 0), Losses(one.Rows(2), both, 1));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void The_learned_objective_adds_psi_of_what_it_sees_to_every_advantage(bool observation, bool action, bool reward)
    {
        using DisposeScope scope = NewDisposeScope();
        var inputs = new WeightInputs(observation, action, reward);
        double Clip(double value, double bound) => Math.Clamp(value, -bound, bound);
        Compare(inputs.Count(Observed, Acted), (layout, psi) => new LearnedWeight(layout, psi, inputs, Spec), Expected);

        double Expected(PolicyOnBatch seen, Func<double[], double> psi, int task, int i, int time, bool isLast)
        {
            SampleBatch batch = seen.Batch;
            double[] s = Read(batch.Observations)[task][i], a = Read(batch.Actions)[task][i];
            double advantage = Read(batch.Advantages)[task][i][0];
            double[] z =
            [
                .. observation ? s.Select(value => 2 * value) : [], .. action ? a.Select(value => Clip(value, 3)) : [],
                .. reward ? Read(batch.Rewards)[task][i] : [], advantage, (double)time / Horizon,
                .. action ? a.Select(value => Clip(value, 1)) : [],
            ];
            return -Math.Exp(Read(seen.LogDensities)[task][i][0] - Read(batch.LogDensities)[task][i][0]) * (advantage + psi(z));
        }
    }

    [Fact]
    public void The_learned_embedding_of_a_task_is_the_mean_of_its_samples_with_learned_weights()
    {
        const int Context = 2;
        using DisposeScope scope = NewDisposeScope();
        var inputs = new WeightInputs(Observation: true, Action: true, Reward: true);
        var network = new SampleNetwork(inputs.Count(Observed, Acted), [Hidden], outputs: Context + 1);
        MetaBlock block = network.Block(RandomStream.FromSeed(1));
        Tensor meta = tensor(block.Start()).to(float64);
        PolicyOnBatch seen = Seen(meta) with { Context = tensor(new double[,] { { 1, 0 }, { 0, 1 } }) };
        double[][][] outputs = Read(network.Vectors(meta, inputs.Of(seen.Batch, Horizon)));
        double[] losses = new LearnedEmbedding(new MetaLayout(0, block), network, inputs, Spec).Of(seen).data<double>().ToArray();
        for (int task = 0; task < Lengths.Length; task++)
        {
            double[][] samples = outputs[task][..Lengths[task].Sum()];
            double[] weights = [.. samples.Select(sample => Math.Exp(sample[Context]))];
            double mean = samples.Zip(weights, (sample, weight) => sample[task] * weight).Sum() / weights.Sum();
            Assert.Equal(-mean, losses[task], tolerance: 1e-9);
        }
    }

    [Fact]
    public void Norml_weighs_log_densities_by_a_learned_function_of_transitions()
    {
        using DisposeScope scope = NewDisposeScope();
        Compare(2 * Observed + Acted, (layout, advantage) => new LearnedAdvantage(layout, advantage), Expected);

        double Expected(PolicyOnBatch seen, Func<double[], double> advantage, int task, int i, int time, bool isLast)
        {
            double[][] s = Read(seen.Batch.Observations)[task], a = Read(seen.Batch.Actions)[task];
            return -Read(seen.LogDensities)[task][i][0] * advantage([.. s[i], .. a[i], .. s[isLast ? i : i + 1]]);
        }
    }

    private delegate double SampleLoss(PolicyOnBatch seen, Func<double[], double> network, int task, int sample, int time, bool isLast);

    private static void Compare(int features, Func<MetaLayout, SampleNetwork, IPolicyLoss> loss, SampleLoss expected)
    {
        var network = new SampleNetwork(features, [Hidden]);
        MetaBlock block = network.Block(RandomStream.FromSeed(1));
        double[] parameters = [.. block.Start().Select((value, i) => value + 0.1 * Math.Sin(i))];
        PolicyOnBatch seen = Seen(tensor(parameters));
        double[] losses = loss(new MetaLayout(0, block), network).Of(seen).data<double>().ToArray();
        for (int task = 0; task < Lengths.Length; task++)
        {
            double sum = 0;
            foreach ((int first, int length) in Episodes(task))
                for (int t = 0; t < length; t++) sum += expected(seen, z => Network(parameters, z), task, first + t, t, t == length - 1);
            Assert.Equal(sum / Lengths[task].Sum(), losses[task], tolerance: 1e-12);
        }
    }

    // One hidden layer: weights [in, Hidden], biases, weights [Hidden, 1], bias.
    private static double Network(double[] parameters, double[] z)
    {
        int biases = z.Length * Hidden, last = biases + Hidden;
        double sum = parameters[last + Hidden];
        for (int unit = 0; unit < Hidden; unit++)
        {
            double input = parameters[biases + unit] + z.Select((value, i) => value * parameters[i * Hidden + unit]).Sum();
            sum += parameters[last + unit] * Math.Tanh(input);
        }
        return sum;
    }

    private static PolicyOnBatch Seen(Tensor meta)
    {
        SampleBatch batch = Batch();
        Tensor moved = batch.LogDensities.Plus(batch.Advantages.sin() * Number(0.2));
        return new PolicyOnBatch(meta, batch.Sampler, moved, batch);
    }
}
