using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>The configuration of few-shot classification of pictures.</summary>
[Choice("classification", Label = "few-shot classification", Source = "Vinyals et al. 2016, section 4.1, arXiv 1606.04080")]
public sealed record ClassificationConfig : SupervisedConfig
{
    private const int TutorialHidden = 128, TutorialChannels = 32;
    private static readonly int[] HiddenWithoutConvolutions = [256, 128, 64, 64];

    [Description("Data to learn from; `maml data` lists the names.")]
    public string TrainingData { get; init; } = "strokes";

    [Description("Data of classes that `maml eval` tests on; `maml data` lists the names.")]
    public string TestData { get; init; } = "strokes-test";

    [Description("Take every class four times, turned by 0, 90, 180 and 270 degrees.")]
    public bool Rotations { get; init; } = true;

    [Description("Strength of the random turn, shear, scale and shift of every training picture; 0: none.")]
    [Range(0.0, 3.0)]
    public double Distortion { get; init; }

    [Description("Share of the classes of the training data that are kept for validations.")]
    [Range(0.01, 0.9)]
    public double ValidationShare { get; init; } = 0.15;

    [Description("Width and height of a picture; other sizes are resized.")]
    [Range(8, 256)]
    public int Side { get; init; } = 28;

    [Description("Number of classes of a task.")]
    [Range(2, 1000)]
    public int Ways { get; init; } = 5;

    [Description("Number of support pictures of each class, which every inner step uses.")]
    [Range(1, 1000)]
    public int Shots { get; init; } = 1;

    [Description("Number of query pictures of each class, which the outer loss uses.")]
    [Range(1, 1000)]
    public int Queries { get; init; } = 5;

    [Description("Network: strided (MAML's for Omniglot), conv-4 (with pooling), two-convolutions (of the tutorial), mlp or pixels.")]
    public ImageNetworkKind Network { get; init; } = ImageNetworkKind.Strided;

    [Description("Channels of each of the four convolutions of strided and conv-4.")]
    [Range(1, 1024)]
    public int Channels { get; init; } = 32;

    [Description("Batch normalisation takes means and variances from the query pictures of a task, otherwise from its support.")]
    public bool Transductive { get; init; } = true;

    /// <inheritdoc/>
    public override ParameterLayout Model => Classifier.Layout;

    /// <summary>The classifier of every task, without its parameters.</summary>
    public IImageModel Classifier => Algorithm is MemoryAugmentedNetwork memory ? memory.Model(ImageNetwork, Ways)
        : new ClassifierModel(
            ImageNetwork, (Algorithm as IImageLearner)?.Head ?? new LinearHead(), Ways, Transductive, Algorithm.ContextSize);

    /// <summary>
    /// Whether all pictures of a task are shown one after another, K + 1 of each class. Otherwise there are support and query pictures.
    /// </summary>
    public bool ShowsSequences => Algorithm is MemoryAugmentedNetwork;

    /// <inheritdoc/>
    public override string ScoreName => "accuracy";

    /// <inheritdoc/>
    public override string Subject => TrainingData;

    /// <inheritdoc/>
    public override Type Samples => typeof(ImageSamples);

    /// <summary>The tasks that are drawn from some pictures.</summary>
    /// <exception cref="InputException">There are too few classes, or too few pictures of a class.</exception>
    public Episodes EpisodesOf(ImageSet data)
    {
        ImageSet all = Rotations ? data.WithRotations() : data;
        Episodes tasks = ShowsSequences ? new(all, Ways, Shots: InnerSteps, Queries: 1) : new(all, Ways, Shots, Queries);
        return tasks.Checked();
    }

    /// <inheritdoc/>
    public override ClassificationExperiment CreateExperiment(Device device, int threads, IProcessGroup? group = null) =>
        new(this, device, threads, group: group);

    /// <inheritdoc/>
    public override ClassificationConfig Resolved() => this with { Optimiser = OuterStep };

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        string name = Choices.Of(Algorithm).Name;
        if (Algorithm.ContextSize > 0 && ImageNetwork.LastChannels == 0)
            throw new InputException($"network must have convolutions with {name}, whose context shifts their channels.");
        if (ShowsSequences && Shots != 1)
            throw new InputException($"shots must be 1 with {name}, which sees innerSteps + 1 pictures of each class.");
        if (Model.Count == 0) throw new InputException($"network must not be pixels with {name}, which would have nothing to learn.");
    }

    /// <summary>Whether the network has an output for each class, so that it tells only so many classes apart.</summary>
    public bool HasFixedClasses => (this with { Ways = Ways + 1 }).Model.Count != Model.Count;

    private ImageNetwork ImageNetwork => Network switch
    {
        ImageNetworkKind.Strided => new(Side, [Channels, Channels, Channels, Channels], Downsampling.Stride, [], normalises: true),
        ImageNetworkKind.Conv4 => new(Side, [Channels, Channels, Channels, Channels], Downsampling.MaxPool, [], normalises: true),
        ImageNetworkKind.TwoConvolutions =>
            new(Side, [TutorialChannels, 2 * TutorialChannels], Downsampling.MaxPool, [TutorialHidden], normalises: false),
        ImageNetworkKind.Mlp => new(Side, [], Downsampling.Stride, HiddenWithoutConvolutions, normalises: false),
        _ => new(Side, [], Downsampling.Stride, [], normalises: false),
    };
}
