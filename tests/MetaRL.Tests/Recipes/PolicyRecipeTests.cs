using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Learners for policies: derivatives by everything that they learn, any number of threads, and what they refuse.</summary>
public class PolicyRecipeTests
{
    private static readonly GaussianMlp Policy = new(2, 2, [4, 3], Activation.Tanh, minStd: 1e-6);

    public static TheoryData<PolicyRecipe> Recipes =>
    [
        new LearnedObjective { HiddenSizes = [3, 3] }, new NoRml { HiddenSizes = [3] }, new Dice { Lambda = 0.9 }, new Dice(), new EMaml(),
        new ProMp(), new LearnedObjective { HiddenSizes = [3], PsiPerStep = true, StepsApart = true },
    ];

    // The value of a DiCE loss means nothing, so finite differences of it are not its derivatives.
    public static TheoryData<PolicyRecipe, int> Differentiable => new()
    {
        { new LearnedObjective { HiddenSizes = [3, 3] }, 1 }, { new LearnedObjective { HiddenSizes = [3], StepWeights = [1, 1] }, 2 },
        { new LearnedObjective { HiddenSizes = [3], LearnedStdShift = false, SeesObservation = false }, 1 },
        { new LearnedObjective { HiddenSizes = [3], PsiPerStep = true, StepWeights = [1, 2] }, 2 },
        { new LearnedObjective { LearnedCorrection = false }, 1 },
        { new NoRml { HiddenSizes = [3] }, 1 }, { new NoRml { HiddenSizes = [3] }, 2 },
        { new EMaml(), 1 }, { new EMaml { LearnedStepSizes = LearnedStepSizes.PerParameter, ExplorationWeight = 0.5 }, 2 },
    };

    [Theory]
    [MemberData(nameof(Differentiable), DisableDiscoveryEnumeration = true)]
    public void The_meta_gradient_is_the_derivative_by_all_that_is_learned(PolicyRecipe recipe, int steps)
    {
        using DisposeScope scope = NewDisposeScope();
        MetaObjective<SampleBatch> objective = Objective(recipe, steps);
        SampleBatch[] batches = PolicyMetaGradientTests.Batches(objective, steps, Policy);
        MetaLayout layout = objective.Adaptation.Layout;
        float[] start = layout.Start(Policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.8));
        double[] point = [.. start.Select((value, i) => value + 0.02 * Math.Sin(i))];
        Tensor leaf = tensor(point, requires_grad: true);
        double[] gradient = autograd.grad([objective.Evaluate(leaf, batches).Total], [leaf])[0].data<double>().ToArray();
        Assert.All(layout.Learned, block =>
            Assert.Contains(gradient.Skip((int)layout.OffsetOf(block)).Take((int)block.Length), value => Math.Abs(value) > 1e-5));

        const double Step = 1e-5;
        for (int i = 0; i < point.Length; i++)
        {
            double difference = (Loss(i, Step) - Loss(i, -Step)) / (2 * Step);
            Assert.Equal(difference, gradient[i], tolerance: 1e-8 + 1e-6 * Math.Abs(difference));
        }

        double Loss(int coordinate, double offset)
        {
            double[] moved = [.. point];
            moved[coordinate] += offset;
            return objective.Evaluate(tensor(moved, requires_grad: true), batches).Total.item<double>();
        }
    }

    [Fact]
    public void Steps_that_a_learned_loss_was_not_trained_for_leave_the_policy_as_it_is()
    {
        using DisposeScope scope = NewDisposeScope();
        MetaObjective<SampleBatch> objective = Objective(new LearnedObjective { HiddenSizes = [3] }, steps: 1);
        SampleBatch batch = PolicyMetaGradientTests.Batches(objective, 1, Policy)[0];
        MetaLayout layout = objective.Adaptation.Layout;
        Tensor meta = tensor(layout.Start(Policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.8))).to(float64);
        Tensor before = objective.Adaptation.Start(meta, batch.TaskCount);
        Tensor adapted = objective.Adapt(meta, before, batch, step: 0);
        Assert.True((adapted - before).abs().max().item<double>() > 1e-4);
        Assert.Equal(0, (objective.Adapt(meta, adapted, batch, step: 1) - adapted).abs().max().item<double>());
    }

    [Theory]
    [MemberData(nameof(Recipes), DisableDiscoveryEnumeration = true)]
    public void An_outer_step_of_adam_moves_all_that_is_learned_by_the_same_bits_for_any_number_of_threads(PolicyRecipe recipe)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] one = Updated(1), many = Updated(3), start = Make(1).CreateInitialMeta().data<float>().ToArray();
        Assert.Equal(one, many);
        MetaLayout layout = Make(1).Layout;
        Assert.NotEqual(start[..layout.ParameterCount], one[..layout.ParameterCount]);
        Assert.All(layout.Learned, block =>
        {
            Range range = (int)layout.OffsetOf(block)..(int)(layout.OffsetOf(block) + block.Length);
            Assert.NotEqual(start[range], one[range]);
        });

        Experiment Make(int threads) =>
            new(ExperimentTests.Small with { Algorithm = recipe, Optimiser = new AdamOptions { Epochs = 2 } }, CPU, threads);

        float[] Updated(int threads)
        {
            Experiment experiment = Make(threads);
            Tensor meta = experiment.CreateInitialMeta();
            TaskBatch tasks = experiment.Family.Tasks.Sample(experiment.Seed, 4);
            AdaptationData data = experiment.Sampler.Sample(meta, tasks, steps: 1, 5, experiment.Seed);
            return experiment.Optimiser.Update(meta, data.Samples, progress: 0).Meta.data<float>().ToArray();
        }
    }

    /// <summary>Sampling adapts by the same step as learning: the query batch is from the policies that the objective gives.</summary>
    [Theory]
    [MemberData(nameof(Recipes), DisableDiscoveryEnumeration = true)]
    public void The_adapted_policies_are_those_that_sampled_the_query_batch(PolicyRecipe recipe)
    {
        using DisposeScope scope = NewDisposeScope();
        MetaObjective<SampleBatch> objective = Objective(recipe, steps: 2);
        Tensor meta = tensor(objective.Adaptation.Layout.Start(Policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.8)));
        meta = meta.Plus(Indices(meta.shape[0], float32, CPU).sin() * Number(0.02));
        SampleBatch[] batches = PolicyMetaGradientTests.Batches(objective, steps: 2, Policy, meta);
        MetaValue value = objective.Evaluate(meta.to(float64), batches, differentiable: false);
        for (int step = 0; step <= 2; step++) Assert.InRange(value.Losses[step].Divergence()!.max().ReadNumber(), 0, 1e-6);
    }

    [Fact]
    public void A_step_on_a_learned_context_changes_the_context_alone_and_by_another_vector_for_every_task()
    {
        using DisposeScope scope = NewDisposeScope();
        var policy = new GaussianMlp(2, 2, [4, 3], Activation.Tanh, minStd: 1e-6, contextSize: 3);
        MetaObjective<SampleBatch> objective =
            Objective(new LearnedContext { HiddenSizes = [3], ContextParameters = 3 }, steps: 1, policy, CPU);
        SampleBatch batch = PolicyMetaGradientTests.Batches(objective, 1, policy)[0];
        Tensor meta = tensor(objective.Adaptation.Layout.Start(policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.8))).to(float64);
        Tensor before = objective.Adaptation.Start(meta, batch.TaskCount);
        Tensor change = objective.Adapt(meta, before, batch, step: 0) - before;
        ParameterBlock context = policy.Layout.Block(ParameterLayout.Context);
        Tensor moved = change.narrow(1, context.Offset, context.Length);
        Assert.Equal(change.abs().sum().item<double>(), moved.abs().sum().item<double>(), tolerance: 1e-12);
        Assert.True((moved[0] - moved[1]).abs().min().item<double>() > 1e-5);
    }

    [Fact]
    public void A_held_standard_deviation_stays_where_it_was()
    {
        Assert.Equal(0, Change(new LearnedObjective { HiddenSizes = [4] }));
        Assert.NotEqual(0, Change(new LearnedObjective { HiddenSizes = [4], HoldStd = false }));

        static double Change(LearnedObjective recipe)
        {
            using DisposeScope scope = NewDisposeScope();
            var experiment = new Experiment(ExperimentTests.Small with { Algorithm = recipe }, CPU, threads: 1);
            Tensor meta = experiment.CreateInitialMeta();
            TaskBatch tasks = experiment.Family.Tasks.Sample(experiment.Seed, 4);
            AdaptationData data = experiment.Sampler.Sample(meta, tasks, steps: 1, 5, experiment.Seed);
            ParameterBlock logStd = experiment.Policy.Layout.Blocks[^1];
            Tensor change = experiment.Optimiser.Update(meta, data.Samples, progress: 0).Meta - meta;
            return change.narrow(0, logStd.Offset, logStd.Length).abs().max().ReadNumber();
        }
    }

    [Theory]
    [InlineData("learned-objective")]
    [InlineData("norml")]
    public void A_trust_region_is_refused_where_its_curvature_is_not_known(string algorithm)
    {
        Recipe recipe = Learner(algorithm);
        MetaTrainingConfig config = ExperimentTests.Small with { Algorithm = recipe, Optimiser = new TrustRegionOptions() };
        Refuses("take another optimiser", () => new Experiment(config, CPU, threads: 1));
        string json = $$"""{ "algorithm": "{{algorithm}}", "optimiser": "trpo" }""";
        Refuses("take another optimiser", () => ConfigReader.Parse(json, "test", []));
    }

    [Theory]
    [InlineData("""{ "algorithm": "dice", "trpo": { "curvatureStride": 2 } }""", "trpo.curvatureStride must be 1 with dice")]
    [InlineData("""{ "algorithm": "norml", "norml": { "firstOrder": true } }""", "norml.firstOrder must be false")]
    [InlineData("""{ "algorithm": "norml", "norml": { "hiddenSizes": [0] } }""", "norml.hiddenSizes must be")]
    public void What_cannot_work_is_refused_in_one_line(string json, string expected) =>
        Refuses(expected, () => ConfigReader.Parse(json, "test", []));

    [Theory]
    [InlineData("dice")]
    [InlineData("e-maml")]
    public void A_trust_region_takes_the_outer_step_of_others(string algorithm)
    {
        using DisposeScope scope = NewDisposeScope();
        MetaTrainingConfig config = ExperimentTests.Small with { Algorithm = Learner(algorithm) };
        var experiment = new Experiment(config, CPU, threads: 1);
        Tensor meta = experiment.CreateInitialMeta();
        AdaptationData data = experiment.Sampler.Sample(meta, experiment.Family.Tasks.Sample(experiment.Seed, 4), 1, 5, experiment.Seed);
        OuterStep step = experiment.Optimiser.Update(meta, data.Samples, progress: 0);
        Assert.True(step.Accepted);
        Assert.True(step.LossAfter < step.LossBefore);
    }

    private static void Refuses(string expected, Func<object> make)
    {
        string message = Assert.Throws<InputException>(make).Message;
        Assert.Contains(expected, message);
        Assert.DoesNotContain('\n', message);
    }

    private static MetaObjective<SampleBatch> Objective(PolicyRecipe recipe, int steps) => Objective(recipe, steps, Policy, CPU);

    internal static MetaObjective<SampleBatch> Objective(PolicyRecipe recipe, int steps, GaussianMlp policy, Device device)
    {
        Composition composition = recipe.Compose(new RecipeSetting(policy.Layout, [0.2], steps, device));
        EnvironmentSpec spec = TaskFamilies.ByName["maml-nav"].Spec;
        spec = spec with
        {
            Observation = [.. Enumerable.Repeat(spec.Observation[0], policy.LayerSizes[0])],
            Action = [.. Enumerable.Repeat(spec.Action[0], policy.ActionSize)],
        };
        IPolicyLoss inner = recipe.InnerLoss(composition.Stage.Adaptation.Layout, spec) ?? new LogLikelihood();
        var model = new PolicyModel(policy, inner, new LikelihoodRatio());
        return new MetaObjective<SampleBatch>(model, composition.Stage.Adaptation, composition.Stage.StepWeights)
        {
            Penalty = composition.Penalty, StepsApart = composition.Stage.StepsApart,
        };
    }

    private static Recipe Learner(string name) => Catalog<Recipe>.Create(name).Single(recipe => recipe.Suits(typeof(SampleBatch)));
}
