using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

/// <summary>Classifiers against numbers by hand, symmetries, and derivatives by central differences.</summary>
public class ClassifierTests
{
    private static readonly ImageNetwork Network =
        new(Pictures.Side, [2, 2], Downsampling.Stride, hiddenSizes: [], normalises: true);

    // Without it, libtorch prints a warning for each convolution in double precision.
    static ClassifierTests() => Compute.Configure();

    public static TheoryData<Recipe, bool> Recipes
    {
        get
        {
            var cases = new TheoryData<Recipe, bool>();
            Recipe[] recipes =
            [
                new Maml(), new FirstOrderMaml(), new MetaSgd(), new MamlPlusPlus { FirstOrderShare = 0 }, new Anil(), new Cavia(),
                new ProtoMaml(), new UnicornMaml(), new PrototypicalNetworks(), new MatchingNetworks(), new SiameseNetworks(),
            ];
            foreach (Recipe recipe in recipes)
                foreach (bool isTransductive in new[] { true, false }) cases.Add(recipe, isTransductive);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Recipes), DisableDiscoveryEnumeration = true)]
    public void The_meta_gradient_is_the_central_difference_of_the_outer_loss(Recipe recipe, bool isTransductive)
    {
        using DisposeScope scope = NewDisposeScope();
        (MetaObjective<ImageSamples> objective, Composition composition, double[] point) = Problem(recipe, isTransductive);
        (ImageSamples support, ImageSamples query) = Pictures.Tasks(float64);
        ImageSamples[] batches = [.. Enumerable.Repeat(support, composition.TrainingSteps ?? 1), query];
        double[] gradient = [.. composition.Gradient.Differentiate(objective, tensor(point), batches).Gradient.data<double>()];
        Assert.True(gradient.Max(Math.Abs) > 1e-3);
        // The derivative of first-order MAML is not that of its loss; its gradient at the adapted parameters is checked elsewhere.
        if (recipe is FirstOrderMaml) return;
        const double Step = 1e-5;
        for (int i = 0; i < point.Length; i++)
        {
            double difference = (Loss(i, Step) - Loss(i, -Step)) / (2 * Step);
            Assert.Equal(difference, gradient[i], tolerance: 1e-7 + 1e-5 * Math.Abs(difference));
        }

        double Loss(int coordinate, double offset)
        {
            double[] moved = [.. point];
            moved[coordinate] += offset;
            return objective.Evaluate(tensor(moved), batches, differentiable: false).Total.item<double>();
        }
    }

    [Fact]
    public void A_prototypical_network_s_probabilities_are_a_softmax_over_squared_distances_to_the_mean_features()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor meta, ClassifierModel model) = Classifier(new PrototypeHead());
        (ImageSamples support, ImageSamples query) = Pictures.Tasks(float64);
        Tensor parameters = meta.unsqueeze(0).expand(3, -1);
        double[,] probabilities = Matrix(model.LogProbabilities(meta, parameters, query)[1].exp());
        // With the statistics of both, as the classifier sees them.
        var both = new ImageSamples(cat([support.Pictures, query.Pictures], 1), cat([support.Targets, query.Targets], 1));
        double[,] features = Matrix(model.Features(parameters, both)[1]);
        int dimensions = features.GetLength(1);
        double[] Mean(int way) => [.. Enumerable.Range(0, dimensions).Select(d => (features[2 * way, d] + features[2 * way + 1, d]) / 2)];
        double[][] means = [Mean(0), Mean(1)];
        for (int picture = 0; picture < 6; picture++)
        {
            double[] weights = [.. means.Select(mean =>
                Math.Exp(-Enumerable.Range(0, dimensions).Sum(d => Math.Pow(features[4 + picture, d] - mean[d], 2))))];
            for (int way = 0; way < 2; way++) Assert.Equal(weights[way] / weights.Sum(), probabilities[picture, way], 1e-9);
        }
    }

    [Fact]
    public void Proto_maml_without_a_step_is_the_prototypical_classifier()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor theta, ClassifierModel prototypes) = Classifier(new PrototypeHead(), isTransductive: false);
        (Tensor zero, ClassifierModel proto) = Classifier(new LinearHead(StartsFromPrototypes: true), isTransductive: false);
        Tensor meta = cat([theta, zeros(zero.shape[0] - theta.shape[0], float64)]);
        (_, ImageSamples query) = Pictures.Tasks(float64);
        Tensor expected = prototypes.LogProbabilities(theta, theta.unsqueeze(0).expand(3, -1), query);
        Tensor actual = proto.LogProbabilities(meta, meta.unsqueeze(0).expand(3, -1), query);
        Assert.True((expected - actual).abs().max().item<double>() < 1e-9);
    }

    /// <summary>MAML fails this claim, because it has other initial weights for each class.</summary>
    [Fact]
    public void Permuting_the_classes_permutes_the_probabilities_after_gradient_steps_that_start_from_the_same_vector_for_all()
    {
        using DisposeScope scope = NewDisposeScope();
        (ImageSamples support, ImageSamples query) = Pictures.Tasks(float64, ways: 3);
        Tensor order = tensor(new long[] { 2, 0, 1 });
        ImageSamples renamed = support with { Targets = support.Targets.index_select(2, order) };
        Assert.True(Distance(new UnicornMaml()) < 1e-9);
        Assert.True(Distance(new Maml()) > 1e-3);

        double Distance(Recipe recipe) =>
            (Adapted(recipe, support).index_select(2, order) - Adapted(recipe, renamed)).abs().max().item<double>();

        Tensor Adapted(Recipe recipe, ImageSamples known)
        {
            (Tensor meta, ClassifierModel model) = Classifier(new LinearHead(), ways: 3);
            Composition composition = recipe.Compose(new RecipeSetting(model.Layout, [0.3], 2, CPU));
            var objective = new MetaObjective<ImageSamples>(model, InDouble(composition.Stage.Adaptation), composition.Stage.StepWeights);
            Tensor start = objective.Adaptation.Start(meta, known.TaskCount);
            Tensor adapted = InnerLoop.Run(start, 2, (parameters, step) => objective.Adapt(meta, parameters, known, step));
            return model.LogProbabilities(meta, adapted, query);
        }
    }

    public static TheoryData<IClassifierHead> Comparing => [new PrototypeHead(), new MatchingHead(), new SiameseHead()];

    [Theory]
    [MemberData(nameof(Comparing), DisableDiscoveryEnumeration = true)]
    public void Permuting_the_classes_permutes_the_probabilities_and_they_sum_to_one(IClassifierHead head)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor meta, ClassifierModel model) = Classifier(head, ways: 3);
        (ImageSamples support, ImageSamples query) = Pictures.Tasks(float64, ways: 3);
        Tensor order = tensor(new long[] { 2, 0, 1 }), parameters = meta.unsqueeze(0).expand(3, -1);
        Tensor plain = model.LogProbabilities(meta, parameters, query);
        ImageSamples renamed = query with { Support = support with { Targets = support.Targets.index_select(2, order) } };
        Tensor permuted = model.LogProbabilities(meta, parameters, renamed);
        Assert.True((plain.index_select(2, order) - permuted).abs().max().item<double>() < 1e-9);
        Assert.True(plain.exp().sum([2]).Plus(-1.0).abs().max().item<double>() < 1e-9);
    }

    [Theory]
    [MemberData(nameof(Comparing), DisableDiscoveryEnumeration = true)]
    public void Without_transduction_the_class_of_a_picture_does_not_depend_on_the_other_query_pictures(IClassifierHead head)
    {
        using DisposeScope scope = NewDisposeScope();
        (_, ImageSamples query) = Pictures.Tasks(float64);
        var first = new ImageSamples(query.Pictures.narrow(1, 0, 1), query.Targets.narrow(1, 0, 1), query.Support);
        Assert.True(Difference(isTransductive: false) < 1e-9);
        Assert.True(Difference(isTransductive: true) > 1e-6);

        double Difference(bool isTransductive)
        {
            (Tensor meta, ClassifierModel model) = Classifier(head, isTransductive);
            Tensor parameters = meta.unsqueeze(0).expand(3, -1);
            Tensor all = model.LogProbabilities(meta, parameters, query).narrow(1, 0, 1);
            return (all - model.LogProbabilities(meta, parameters, first)).abs().max().item<double>();
        }
    }

    [Theory]
    [InlineData(ImageNetworkKind.Strided)]
    [InlineData(ImageNetworkKind.Conv4)]
    [InlineData(ImageNetworkKind.TwoConvolutions)]
    [InlineData(ImageNetworkKind.Mlp)]
    public void Tasks_computed_together_have_the_features_of_each_alone(ImageNetworkKind kind)
    {
        using DisposeScope scope = NewDisposeScope();
        var model = (ClassifierModel)(new ClassificationConfig { Network = kind, Side = 16, Channels = 3 }).Classifier;
        float[] Start(int seed) => model.Initialise(RandomStream.FromSeed(seed));
        Tensor parameters = stack([tensor(Start(1)), tensor(Start(2))]).to(float64);
        Tensor pictures = (Indices(2 * 4 * 256, float64, CPU) * Number(0.37)).sin().view(2, 4, 256);
        Tensor both = model.Features(parameters, new ImageSamples(pictures, zeros(2, 4, 5)));
        for (int task = 0; task < 2; task++)
        {
            var own = new ImageSamples(pictures.narrow(0, task, 1), zeros(1, 4, 5));
            Tensor alone = model.Features(parameters.narrow(0, task, 1), own);
            Assert.True((both.narrow(0, task, 1) - alone).abs().max().item<double>() < 1e-9);
        }
    }

    [Fact]
    public void Normalised_channels_have_mean_zero_and_variance_one_before_scale_and_shift()
    {
        using DisposeScope scope = NewDisposeScope();
        var network = new ImageNetwork(Pictures.Side, [3], Downsampling.Stride, [], normalises: true);
        var model = new ClassifierModel(network, new PrototypeHead(), ways: 2, isTransductive: true);
        float[] start = model.Initialise(RandomStream.FromSeed(1));
        // A shift far above zero keeps the rectifier from cutting anything off.
        model.Layout.Block("norm0.shift").Of(start).Fill(20);
        (ImageSamples support, _) = Pictures.Tasks(float64);
        Tensor features = model.Features(tensor(start).to(float64).unsqueeze(0).expand(3, -1), support).Plus(-20.0);
        Tensor channel = features.view(3, 4, 3, 16).select(2, 1);
        Assert.True(channel.mean([1, 2]).abs().max().item<double>() < 1e-6);
        Assert.True(channel.Square().mean([1, 2]).Plus(-1.0).abs().max().item<double>() < 0.01);
    }

    private static (MetaObjective<ImageSamples>, Composition, double[] Point) Problem(Recipe recipe, bool isTransductive)
    {
        IClassifierHead head = (recipe as IImageLearner)?.Head ?? new LinearHead();
        var model = new ClassifierModel(Network, head, ways: 2, isTransductive, recipe.ContextSize);
        Composition composition = recipe.Compose(new RecipeSetting(model.Layout, [0.3], 1, CPU));
        MetaLayout layout = composition.Stage.Adaptation.Layout;
        float[] start = layout.Start(model.Initialise(RandomStream.FromSeed(3)));
        double[] point = [.. start.Select((value, i) => value + 0.05 * Math.Sin(i + 1))];
        return (new MetaObjective<ImageSamples>(model, InDouble(composition.Stage.Adaptation), composition.Stage.StepWeights),
            composition, point);
    }

    private static IAdaptation InDouble(IAdaptation adaptation) => adaptation is not GradientAdaptation steps ? adaptation
        : steps with { Mask = steps.Mask?.to(float64), StartMask = steps.StartMask?.to(float64) };

    private static (Tensor Meta, ClassifierModel Model) Classifier(IClassifierHead head, bool isTransductive = true, int ways = 2)
    {
        var model = new ClassifierModel(Network, head, ways, isTransductive);
        return (tensor(model.Initialise(RandomStream.FromSeed(3))).to(float64), model);
    }

    private static double[,] Matrix(Tensor values)
    {
        double[] flat = [.. values.contiguous().data<double>()];
        var matrix = new double[values.shape[0], values.shape[1]];
        Buffer.BlockCopy(flat, 0, matrix, 0, flat.Length * sizeof(double));
        return matrix;
    }
}
