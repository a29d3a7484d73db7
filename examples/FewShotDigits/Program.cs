// A loop that is widely published as MAML, but never makes a meta-update, beside MAML itself: which of them learns a new class from one
// picture? Ten classes are taken in pairs. Both learn from eight classes and then adapt to the two that they have never seen.
// Run: dotnet run -c Release --project examples/FewShotDigits -- fashion-mnist   (or mnist; `maml data` says where the files go)

using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

const int Pairs = 5, Episodes = 200, Steps = 5;
NativeTorch.Load();
int iterations = args.Length > 1 ? int.Parse(args[1]) : 200;
var config = new ClassificationConfig
{
    Side = 14, Network = ImageNetworkKind.TwoConvolutions, Ways = 2, Shots = 1, Queries = 5, Rotations = false, ValidationShare = 0.25,
    Iterations = iterations, MetaBatchSize = 16, InnerLearningRates = [0.1], ValidationEvery = iterations,
    Algorithm = new Maml(), Optimiser = new AdamOptions { Epochs = 1, LearningRate = 1e-3 },
};
ImageSet all;
try
{
    all = ImageSets.Open(args.Length > 0 ? args[0] : "fashion-mnist", config.Side);
}
catch (InputException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}

var published = new List<IReadOnlyList<StepScores>>();
var meta = new List<IReadOnlyList<StepScores>>();
for (int pair = 0; pair < Pairs; pair++)
{
    HashSet<ImageClass> unseen = [.. all.Classes.Skip(2 * pair).Take(2)];
    Console.WriteLine($"classes never seen: {string.Join(" and ", unseen.Select(one => one.Name))}");
    var test = new Episodes(all.Where("unseen", unseen.Contains), config.Ways, config.Shots, config.Queries);
    ImageSet seen = all.Where("seen", one => !unseen.Contains(one));
    using var experiment = new ClassificationExperiment(config, CPU, Environment.ProcessorCount, seen);
    TensorScope.Free(() => published.Add(Evaluate(experiment, PublishedLoop(seen), test)));
    using IMetaTrainer training = experiment.CreateTrainer();
    training.Run(_ => { }, CancellationToken.None);
    meta.Add(Evaluate(experiment, training.Meta, test));
}
Console.WriteLine($"accuracy on {Pairs * Episodes} tasks of classes never seen, after 0 to {Steps} gradient steps on a picture of each:");
Print("published loop", published);
Print("MAML", meta);
return 0;

// Its "inner loop" is a gradient step on a batch, from which all later ones go on; its "outer loop" calls the inner one again on the same
// data. Nothing is ever adapted to a task and judged after that, so this is plain training of a network that knows eight classes.
Tensor PublishedLoop(ImageSet seen)
{
    const int OfClass = 4;
    IImageModel network = (config with { Ways = seen.Classes.Count }).Classifier;
    RandomStream stream = RandomStream.FromSeed(1);
    Tensor theta = network.Initialise(stream).CopyToTensor().unsqueeze(0); // [1, P]
    Tensor labels = arange(seen.Classes.Count, int64).repeat_interleave(OfClass).unsqueeze(0);
    int batches = iterations * config.MetaBatchSize * config.Ways * (config.Shots + config.Queries) / (seen.Classes.Count * OfClass);
    for (int step = 0; step < batches; step++)
    {
        RandomStream draw = stream.Stream("batch", step);
        IEnumerable<float[]> drawn = seen.Classes.SelectMany((one, label) =>
            Enumerable.Range(label * OfClass, OfClass).Select(i => one.Images[(int)(draw.Uniform(i) * one.Images.Count)]));
        Tensor pictures = drawn.SelectMany(picture => picture).ToArray().CopyToTensor().view(1, -1, config.Side * config.Side);
        theta = theta.detach().requires_grad_();
        var batch = new ImageSamples(pictures, nn.functional.one_hot(labels, seen.Classes.Count).to(float32));
        Tensor loss = network.Forward(theta[0], theta, batch).Outer().sum();
        theta = theta - autograd.grad([loss], [theta])[0] * config.InnerLearningRates[0];
    }
    // The outputs of the eight classes are of no use for others: a new last layer begins with zeros.
    ParameterLayout model = config.Classifier.Layout;
    int body = model.Blocks.Where(block => !block.Name.StartsWith(LinearHead.Name, StringComparison.Ordinal)).Sum(block => block.Length);
    return cat([theta.detach()[0].narrow(0, 0, body), zeros(model.Count - body)]);
}

IReadOnlyList<StepScores> Evaluate(ClassificationExperiment experiment, Tensor meta, Episodes test) =>
    experiment.Evaluate(meta, test, RandomStream.FromSeed(40), Episodes, Steps);

void Print(string name, List<IReadOnlyList<StepScores>> folds)
{
    IEnumerable<string> means = Enumerable.Range(0, Steps + 1).Select(step => $"{100 * folds.Average(fold => fold[step].Mean):F1} %");
    Console.WriteLine($"{name,-16}{string.Join("  ", means)}");
}
