using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MamlRobotics.FewShot;

/// <summary>
/// A memory-augmented network: it sees K + 1 pictures of each class of a task in random order and is told the class of each one time step
/// later. What takes the place of an inner step is one more picture of every class, which the network keeps in its memory.
/// </summary>
[Choice("mann", Label = "Memory-augmented network", Source = "Santoro et al. 2016, sections 2 and 3, arXiv 1605.06065")]
public sealed record MemoryAugmentedNetwork : Recipe
{
    [Description("Units of the LSTM that controls the memory.")]
    [Range(1, 10_000)]
    public int ControllerUnits { get; init; } = 200;

    [Description("Slots of the memory, at least as many as readHeads.")]
    [Range(1, 10_000)]
    public int MemorySlots { get; init; } = 128;

    [Description("Numbers in a slot.")]
    [Range(1, 10_000)]
    public int MemoryWidth { get; init; } = 40;

    [Description("Heads, each of which reads and writes at every time step.")]
    [Range(1, 100)]
    public int ReadHeads { get; init; } = 4;

    /// <summary>The number of classes of the published accuracies.</summary>
    public const int PublishedWays = 5;

    /// <summary>
    /// The accuracies that the paper reports in table 1, by the number of a picture among those of its class, trained on Omniglot's
    /// background set.
    /// </summary>
    public static IReadOnlyDictionary<int, double> PublishedAccuracies { get; } =
        new Dictionary<int, double> { [1] = 0.364, [2] = 0.828, [3] = 0.910, [4] = 0.926, [5] = 0.949, [10] = 0.981 };

    /// <inheritdoc/>
    public override string StepName => "picture";

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => new(setting.WithoutSteps(), new ThroughTheSteps()) { TrainingSteps = 0 };

    /// <inheritdoc/>
    public override bool Suits(Type samples) => samples == typeof(ImageSamples);

    /// <inheritdoc/>
    public override string? Fault(int innerSteps) =>
        MemorySlots >= ReadHeads ? null : $"mann.memorySlots must be at least mann.readHeads = {ReadHeads}: each has a slot of its own.";

    /// <summary>The network for features of pictures and a number of classes.</summary>
    internal MemoryNetwork Model(ImageNetwork features, int ways) =>
        new(features, new MemorySizes(ControllerUnits, MemorySlots, MemoryWidth, ReadHeads), ways);
}
