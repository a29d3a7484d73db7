using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>A classifier for each task: a network, and a head that tells classes from its features.</summary>
/// <param name="isTransductive">
/// Whether normalisation takes its means and variances from all query pictures together; otherwise it takes those of the support pictures,
/// so that the class of a query picture does not depend on the others
/// </param>
/// <param name="contextSize">The number of context parameters, which shift the channels of the last convolution</param>
public sealed class ClassifierModel(ImageNetwork network, IClassifierHead head, int ways, bool isTransductive, int contextSize = 0)
    : IImageModel
{
    private readonly Range headBlocks = network.BlockCount..(network.BlockCount + head.Blocks(network.FeatureCount, ways).Count());

    /// <inheritdoc/>
    public ParameterLayout Layout { get; } =
        new([.. network.Blocks(), .. head.Blocks(network.FeatureCount, ways), .. Context(network, contextSize)]);

    /// <inheritdoc/>
    public int WidestLayer => network.WidestLayer;

    /// <inheritdoc/>
    public int Units => network.Units + ways;

    /// <summary>Draws initial parameters [P]: weights as of Glorot and Bengio 2010, scales of normalisations one, others zero.</summary>
    public float[] Initialise(RandomStream stream)
    {
        float[] parameters = Layout.Initialise(stream);
        ImageNetwork.InitialiseScales(Layout, parameters);
        return parameters;
    }

    /// <inheritdoc/>
    public ITaskLosses Forward(Tensor meta, Tensor parameters, ImageSamples samples)
    {
        Pictures seen = Seen(meta, parameters, samples);
        return new OneLoss(head.Loss(seen.Head, seen.Features, seen.Targets, seen.Support));
    }

    /// <inheritdoc/>
    public Tensor LogProbabilities(Tensor meta, Tensor parameters, ImageSamples samples)
    {
        Pictures seen = Seen(meta, parameters, samples);
        return head.LogProbabilities(seen.Head, seen.Features, seen.Support);
    }

    /// <summary>The features of pictures. [N, P] to [N, M, features]</summary>
    public Tensor Features(Tensor parameters, ImageSamples samples)
    {
        Tensor[] blocks = Layout.Split(parameters);
        return Embedded(blocks, samples, withSupport: false).Features;
    }

    /// <summary>What <see cref="Embedding.Distances"/> are, in a few words.</summary>
    public string DistanceName => head.DistanceName;

    /// <summary>The features of query and support pictures as the head sees them, and how far it takes them to be apart.</summary>
    /// <param name="parameters">[N, P]</param>
    /// <param name="query">Query pictures with their support</param>
    public Embedding Embed(Tensor parameters, ImageSamples query)
    {
        Tensor[] blocks = Layout.Split(parameters);
        (Tensor features, Tensor? ofSupport) = Embedded(blocks, query, head.Compares);
        ofSupport ??= Embedded(blocks, query.Support!, withSupport: false).Features;
        var support = new SupportFeatures(ofSupport, query.Support!.Targets);
        return new(features, ofSupport, head.Distances(blocks[headBlocks], features, support));
    }

    private Pictures Seen(Tensor meta, Tensor parameters, ImageSamples samples)
    {
        Tensor[] blocks = Layout.Split(parameters);
        (Tensor features, Tensor? ofSupport) = Embedded(blocks, samples, head.Compares);
        ImageSamples known = samples.Support ?? samples;
        SupportFeatures? support = head.Compares ? new(ofSupport ?? features, known.Targets) : null;
        if (head.StartsFromPrototypes)
        {
            // The prototypes are a part of the start, so they follow the initial parameters and not the adapted ones.
            Tensor[] start = Layout.Split(meta.narrow(0, 0, Layout.Count).unsqueeze(0).expand(samples.TaskCount, -1));
            support = new(Embedded(start, known, withSupport: false).Features, known.Targets);
        }
        return new(blocks[headBlocks], features, samples.Targets, support);
    }

    // Support and query pictures go through the network together where either is measured or compared by the other.
    private (Tensor Features, Tensor? OfSupport) Embedded(Tensor[] blocks, ImageSamples samples, bool withSupport)
    {
        Tensor? shift = contextSize == 0 ? null : blocks[^2].unsqueeze(1).bmm(blocks[^1]).squeeze(1);
        if (samples.Support is not { } support) return (OfSupport(blocks, samples, shift), null);
        if (isTransductive && !withSupport) return (network.Features(blocks, samples.Pictures, samples.SampleCount, shift), null);
        Tensor both = cat([support.Pictures, samples.Pictures], 1);
        long known = support.SampleCount, measured = isTransductive ? both.shape[1] : known;
        Tensor features = network.Features(blocks, both, measured, shift);
        return (features.narrow(1, known, samples.SampleCount), features.narrow(1, 0, known));
    }

    // A training takes gradients of gradients through these features, so empty pictures are added. Normalisation does not measure them.
    private Tensor OfSupport(Tensor[] blocks, ImageSamples support, Tensor? shift)
    {
        long count = support.SampleCount, further = Convolution.FilledUp(count) - count;
        Tensor pictures = further == 0 ? support.Pictures : nn.functional.pad(support.Pictures, [0, 0, 0, further]);
        return network.Features(blocks, pictures, count, shift).narrow(1, 0, count);
    }

    private static IEnumerable<(string Name, int[] Shape)> Context(ImageNetwork network, int size) => size == 0 ? []
        : [(ParameterLayout.Context, [size]), (ParameterLayout.ContextWeight, [size, network.LastChannels])];

    private sealed record Pictures(Tensor[] Head, Tensor Features, Tensor Targets, SupportFeatures? Support);
}

/// <summary>Features of query and support pictures.</summary>
/// <param name="Query">[N, M, features]</param>
/// <param name="Support">[N, S, features]</param>
/// <param name="Distances">[N, M, S]</param>
public sealed record Embedding(Tensor Query, Tensor Support, Tensor Distances);
