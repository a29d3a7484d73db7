using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

/// <summary>A network with an output for each class, which tells fewer classes apart by its first outputs.</summary>
public class FewerClassesTests
{
    private const int Trained = 5, Asked = 3;

    private static ClassificationConfig Config => new()
    {
        Algorithm = new MetaSgd(), Channels = 4, Ways = Trained, Shots = 1, Queries = 2, InnerSteps = 2,
        InnerLearningRates = [0.4], Rotations = false, Optimiser = new AdamOptions { Epochs = 1 },
    };

    [Fact]
    public void Its_probabilities_are_the_shares_of_the_first_outputs()
    {
        Checkpoint checkpoint = Drawn(Config);
        Episodes tasks = Tasks();
        TensorScope.Free(() =>
        {
            (_, ImageSamples query) = tasks.Draw(Episodes.EvaluationStream(0), 0, 2, CPU);
            Tensor all = LogProbabilities(checkpoint, Config, query);
            ClassificationConfig asked = Config with { Ways = Asked };
            Tensor few = LogProbabilities(FewerClasses.Of(checkpoint, asked), asked, query);
            Tensor expected = all.narrow(2, 0, Asked).log_softmax(2);
            Assert.True(few.allclose(expected, atol: 1e-5), "another probability");
        });
    }

    [Fact]
    public void Its_step_sizes_are_those_that_were_learned_of_its_parameters()
    {
        Checkpoint checkpoint = Drawn(Config);
        ClassificationConfig asked = Config with { Ways = Asked };
        Checkpoint fewer = FewerClasses.Of(checkpoint, asked);
        NamedArray before = checkpoint.Learned.Single().Array, after = fewer.Learned.Single().Array;
        Assert.Equal([before.Shape[0], asked.Model.Count], after.Shape);
        // Every number here is drawn, so a parameter is known by its value.
        var sizes = checkpoint.Theta.Zip((float[])before.Data).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.All(fewer.Theta.Zip((float[])after.Data), pair => Assert.Equal(sizes[pair.First], pair.Second));
    }

    [Fact]
    public void As_many_classes_and_networks_without_outputs_of_classes_stay_as_they_are()
    {
        Checkpoint checkpoint = Drawn(Config);
        Assert.Same(checkpoint, FewerClasses.Of(checkpoint, Config with { Shots = 2 }));
        ClassificationConfig prototypical = Config with { Algorithm = new PrototypicalNetworks() };
        checkpoint = Drawn(prototypical);
        Assert.Same(checkpoint, FewerClasses.Of(checkpoint, prototypical with { Ways = Asked }));
    }

    private static Tensor LogProbabilities(Checkpoint checkpoint, ClassificationConfig config, ImageSamples query)
    {
        Tensor meta = checkpoint.Meta(CPU);
        using ClassificationExperiment experiment = new(config, CPU, 1);
        Tensor parameters = meta.narrow(0, 0, config.Model.Count).unsqueeze(0).expand(query.TaskCount, -1);
        return experiment.Classifier.LogProbabilities(meta, parameters, query);
    }

    private static Episodes Tasks() => new(StrokeCharacters.Set("characters", Config.Side, 0, Asked, 6, seed: 0), Asked, 1, 2);

    private static Checkpoint Drawn(ClassificationConfig config)
    {
        using ClassificationExperiment experiment = new(config, CPU, 1);
        RandomStream stream = RandomStream.FromSeed(3);
        float[] Draw(int count, string name) => [.. Enumerable.Range(0, count).Select(i => (float)stream.Stream(name).Uniform(i) - 0.5f)];
        return new(
            config, Draw(config.Model.Count, "theta"),
            [.. experiment.Layout.Learned.Select(block =>
                (block.Name, new NamedArray([.. block.Shape], Draw((int)block.Length, block.Name))))],
            new Dictionary<string, NamedArray>(), 1, null, "cpu", 1);
    }
}
