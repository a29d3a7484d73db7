using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>Draws the functions that optimisers minimise and the points that they start from.</summary>
public abstract class OptimiseeSource : IDisposable
{
    /// <param name="deviation">The standard deviation of each coordinate of a start</param>
    protected OptimiseeSource(int dimensions, double deviation, Device device) =>
        (Dimensions, Deviation, Device) = (dimensions, deviation, device);

    /// <summary>D, the number of coordinates of a point.</summary>
    public int Dimensions { get; }

    protected double Deviation { get; }

    protected Device Device { get; }

    /// <summary>Draws functions, which are a function of (stream, number) alone.</summary>
    /// <param name="first">The number of the first one</param>
    public abstract Optimisees Draw(RandomStream stream, int first, int count);

    /// <summary>Draws the points from which these functions are minimised. [N, D]</summary>
    public Tensor Starts(RandomStream stream, int first, int count) =>
        Normal(stream, "start", first, count, Dimensions).mul_(Number(Deviation));

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Draws numbers from a standard normal distribution. [N, length]</summary>
    protected Tensor Normal(RandomStream stream, string what, int first, int count, int length)
    {
        var numbers = new float[count * length];
        for (int n = 0; n < count; n++)
        {
            RandomStream own = stream.Stream(what, first + n);
            for (int i = 0; i < length; i++)
            {
                (float one, float other) = own.NormalPair(i / 2);
                numbers[n * length + i] = i % 2 == 0 ? one : other;
            }
        }
        return numbers.CopyToTensor([count, length], Device);
    }
}

/// <summary>Draws quadratics.</summary>
public sealed class QuadraticSource(int dimensions, double deviation, Device device) : OptimiseeSource(dimensions, deviation, device)
{
    /// <inheritdoc/>
    public override Quadratics Draw(RandomStream stream, int first, int count) => new(
        Normal(stream, "factors", first, count, Dimensions * Dimensions).view(count, Dimensions, Dimensions),
        Normal(stream, "targets", first, count, Dimensions));
}

/// <summary>Draws networks that are to classify pictures, and the batches that they learn from.</summary>
public sealed class DigitSource : OptimiseeSource
{
    private readonly OptimisationConfig config;
    private readonly Tensor pictures, labels;
    private readonly ParameterLayout layout;

    /// <param name="data">The classes that a network tells apart, and their pictures</param>
    public DigitSource(ImageSet data, OptimisationConfig config, Device device)
        : base(LayoutOf(data, config).Count, config.StartDeviation, device)
    {
        this.config = config;
        layout = LayoutOf(data, config);
        (long Label, float[] Picture)[] all =
            [.. data.Classes.Index().SelectMany(one => one.Item.Images.Select(image => ((long)one.Index, image)))];
        long[] shape = [all.Length, data.Side * data.Side];
        pictures = all.SelectMany(one => one.Picture).ToArray().CopyToTensor(shape, device).DetachFromDisposeScope();
        labels = all.Select(one => one.Label).ToArray().CopyToTensor(device: device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override DigitNetworks Draw(RandomStream stream, int first, int count)
    {
        long[] shape = [count, config.InnerSteps + 1, config.BatchSize];
        long length = shape[1] * shape[2];
        var batches = new long[count * length];
        for (int n = 0; n < count; n++)
        {
            RandomStream own = stream.Stream("batches", first + n);
            for (int i = 0; i < length; i++) batches[n * length + i] = (long)(own.Uniform(i) * pictures.shape[0]);
        }
        return new(pictures, labels, batches.CopyToTensor(shape, Device), layout);
    }

    public override void Dispose()
    {
        pictures.Dispose();
        labels.Dispose();
        base.Dispose();
    }

    private static ParameterLayout LayoutOf(ImageSet data, OptimisationConfig config) =>
        DigitNetworks.LayoutOf(data.Side * data.Side, config.HiddenUnits, data.Classes.Count);
}
