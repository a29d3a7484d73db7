using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

public class WeightCurvesTests
{
    [Fact]
    public void A_psi_that_uses_the_reward_alone_is_its_function_there_and_level_over_all_else_that_it_sees()
    {
        MetaTrainingConfig config = ExperimentTests.Small with
        {
            Algorithm = new LearnedObjective { HiddenSizes = [1], SeesAction = false }, Optimiser = new AdamOptions(),
        };
        // The inputs of psi are x, y, reward, advantage and time step: psi = tanh(reward / 2).
        float[] psi = [0, 0, 0.5f, 0, 0, 0, 1, 0];
        IReadOnlyList<WeightCurve> curves = WeightCurves.Of(CheckpointWith(config, psi), CPU, threads: 1);
        Assert.Equal(["reward", "advantage", "x", "y", "time step"], curves.Select(curve => curve.Input));
        foreach ((double reward, MeanInterval value) in curves[0].Points)
        {
            Assert.InRange(reward, -3, 0);
            foreach (double of in (double[])[value.Mean, value.Low, value.High]) Assert.Equal(Math.Tanh(reward / 2), of, tolerance: 1e-6);
        }
        foreach (WeightCurve other in curves.Skip(1))
        {
            MeanInterval first = other.Points[0].Psi;
            Assert.True(first.Low < first.Mean && first.Mean < first.High);
            Assert.All(other.Points, point => Assert.Equal(first, point.Psi));
            Assert.True(other.Points[^1].X > other.Points[0].X);
        }
    }

    [Fact]
    public void A_learner_without_a_weight_is_refused()
    {
        string message = Assert.Throws<InputException>(() =>
            WeightCurves.Of(CheckpointWith(ExperimentTests.SmallProMp, []), CPU, threads: 1)).Message;
        Assert.Equal("promp learns no weight of samples; learned-objective does.", message);
    }

    private static Checkpoint CheckpointWith(MetaTrainingConfig config, float[] psi)
    {
        using DisposeScope scope = NewDisposeScope();
        using var experiment = new Experiment(config, CPU, threads: 1);
        float[] start = experiment.CreateInitialMeta().data<float>().ToArray();
        NamedArray ArrayOf(MetaBlock block)
        {
            int offset = (int)experiment.Layout.OffsetOf(block);
            return new([.. block.Shape], block.Name == SampleNetwork.BlockName ? psi : start[offset..(offset + (int)block.Length)]);
        }
        (string, NamedArray)[] learned = [.. experiment.Layout.Learned.Select(block => (block.Name, ArrayOf(block)))];
        float[] theta = start[..experiment.Layout.ParameterCount];
        return new Checkpoint(config, theta, learned, new Dictionary<string, NamedArray>(), 0, null, "cpu", 1);
    }
}
