using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

/// <summary>The memory of a memory-augmented network, and what the network sees when.</summary>
public class MemoryTests
{
    private const int Slots = 4, Width = 3;

    private static readonly ImageNetwork Pixels = new(Pictures.Side, [], Downsampling.Stride, [], normalises: false);

    // Without it, libtorch prints a warning for each convolution in double precision.
    static MemoryTests() => Compute.Configure();

    [Fact]
    public void A_key_overwrites_the_slot_that_was_used_least_recently_and_empties_its_value()
    {
        using DisposeScope scope = NewDisposeScope();
        LeastUsedMemory memory = Memory([3, 1, 2, 4]), before = memory;
        Tensor key = tensor(new[] { 5.0, -6.0, 7.0 }).view(1, 1, Width);
        memory = memory.Next(Heads(key, sharpness: 0) with { Additions = zeros(1, 1, Width, float64) });
        Assert.Equal(Row(key[0], 0), Row(memory.Keys[0], 1));
        Assert.Equal(new double[Width], Row(memory.Values[0], 1));
        foreach (int other in new[] { 0, 2, 3 })
        {
            Assert.Equal(Row(before.Keys[0], other), Row(memory.Keys[0], other));
            Assert.Equal(Row(before.Values[0], other), Row(memory.Values[0], other));
        }
        // The slot has been written, so the one that was next before is the least used one now.
        Tensor next = memory.Next(Heads(key.neg(), sharpness: 0)).Keys[0];
        Assert.Equal(Row(key.neg()[0], 0), Row(next, 2));
        Assert.Equal(Row(key[0], 0), Row(next, 1));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void What_a_head_is_told_is_shared_between_the_slot_of_its_last_key_and_the_slot_that_it_read(double toRead)
    {
        using DisposeScope scope = NewDisposeScope();
        LeastUsedMemory memory = Memory([3, 1, 2, 4], read: 3, stored: 0), after = memory.Next(Heads(ones(1, 1, Width, float64), toRead));
        Close(Row(memory.Values[0], 3).Select(value => value + toRead * Added), Row(after.Values[0], 3));
        Close(Row(memory.Values[0], 0).Select(value => value + (1 - toRead) * Added), Row(after.Values[0], 0));
        Assert.Equal(Row(memory.Values[0], 2), Row(after.Values[0], 2));
        Assert.Equal(Row(memory.Keys[0], 3), Row(after.Keys[0], 3));
    }

    [Fact]
    public void Each_head_has_a_least_used_slot_of_its_own()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor keys = tensor(new[] { 1.0, 2.0, 3.0, 4.0, 5.0, 6.0 }).view(1, 2, Width);
        Tensor usage = tensor(new[,] { { 3.0, 1, 2, 4 } });
        LeastUsedMemory memory = LeastUsedMemory.Empty(1, Slots, Width, heads: 2, keys) with { Usage = usage };
        Tensor slots = memory.Next(new(keys, keys, zeros(1, 2, float64), ones(1, 2, float64))).Keys[0];
        Assert.Equal([1, 2, 3], Row(slots, 1));
        Assert.Equal([4, 5, 6], Row(slots, 2));
    }

    /// <summary>With a sharp reading, the value of the key that points in the same direction is read, and nothing else.</summary>
    [Fact]
    public void A_head_reads_the_value_whose_key_points_in_the_direction_of_its_own()
    {
        using DisposeScope scope = NewDisposeScope();
        LeastUsedMemory memory = Memory([1, 2, 3, 4]) with { Keys = eye(Slots, Width, float64).unsqueeze(0) * Number(9) };
        Tensor key = tensor(new[] { 0.0, 0.02, 2.0 }).view(1, 1, Width);
        LeastUsedMemory after = memory.Next(Heads(key, sharpness: 1000) with { Additions = zeros(1, 1, Width, float64) });
        Assert.Equal(2, after.Reads[0, 0].argmax().item<long>());
        Close(Row(memory.Values[0], 2), Row(after.Read[0], 0));
    }

    /// <summary>A picture finds the label that came after the picture of the step before: what a trained network is to use.</summary>
    [Fact]
    public void A_label_that_comes_a_step_late_is_read_by_the_key_of_its_picture()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] keys = [.. Enumerable.Range(0, Width).Select(i => eye(Width, Width, float64)[i].view(1, 1, Width))];
        LeastUsedMemory memory = LeastUsedMemory.Empty(1, Slots, Width, heads: 1, keys[0]);
        memory = memory.Next(Heads(keys[0]) with { Additions = zeros(1, 1, Width, float64) });
        memory = memory.Next(Heads(keys[1]));
        memory = memory.Next(Heads(keys[0], sharpness: 1000) with { Additions = zeros(1, 1, Width, float64) });
        Close([Added, Added, Added], Row(memory.Read[0], 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_meta_gradient_is_the_central_difference_of_the_outer_loss(bool hasConvolutions)
    {
        using DisposeScope scope = NewDisposeScope();
        ImageNetwork features = hasConvolutions ? new(Pictures.Side, [2, 2], Downsampling.Stride, [], normalises: true)
            : new(Pictures.Side, [], Downsampling.Stride, [3], normalises: false);
        var model = new MemoryNetwork(features, new MemorySizes(Units: 4, Slots: 5, Width: 3, Heads: 2), ways: 2);
        Composition composition = new MemoryAugmentedNetwork().Compose(new RecipeSetting(model.Layout, [0.1], 1, CPU));
        var objective = new MetaObjective<ImageSamples>(model, composition.Stage.Adaptation, composition.Stage.StepWeights);
        double[] point = [.. model.Initialise(RandomStream.FromSeed(3)).Select((value, i) => value + 0.05 * Math.Sin(i + 1))];
        ImageSamples[] batches = [Sequences(ways: 2)];
        double[] gradient = [.. composition.Gradient.Differentiate(objective, tensor(point), batches).Gradient.data<double>()];
        Assert.True(gradient.Max(Math.Abs) > 1e-3);
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
    public void A_class_is_told_one_time_step_after_its_picture()
    {
        using DisposeScope scope = NewDisposeScope();
        ImageSamples shown = Sequences(ways: 3);
        const int Changed = 4;
        Tensor other = shown.Targets.clone();
        other.select(1, Changed).copy_(shown.Targets.select(1, Changed).roll([1], [1]));
        double[] differences = Differences(Predicted(shown), Predicted(shown with { Targets = other }));
        Assert.All(differences[..(Changed + 1)], difference => Assert.Equal(0, difference));
        Assert.True(differences[Changed + 1] > 1e-6);
    }

    [Fact]
    public void What_comes_later_does_not_change_a_prediction()
    {
        using DisposeScope scope = NewDisposeScope();
        ImageSamples shown = Sequences(ways: 3);
        Tensor other = shown.Pictures.clone();
        other.select(1, 5).mul_(Number(0.5));
        double[] differences = Differences(Predicted(shown), Predicted(shown with { Pictures = other }));
        Assert.All(differences[..5], difference => Assert.Equal(0, difference));
        Assert.All(differences[5..], difference => Assert.True(difference > 1e-9));
    }

    /// <summary>No class is special: with the weights of its label and its output, it can have any number.</summary>
    [Fact]
    public void Permuting_the_classes_and_their_weights_permutes_the_predictions()
    {
        using DisposeScope scope = NewDisposeScope();
        ImageSamples shown = Sequences(ways: 3);
        long[] order = [2, 0, 1];
        MemoryNetwork model = Model(ways: 3);
        Tensor theta = tensor(model.Initialise(RandomStream.FromSeed(3))).to(float64), renamed = theta.clone();
        Tensor[] blocks = model.Layout.Split(renamed.unsqueeze(0));
        foreach (Tensor ofInputs in new[] { blocks[0][0], blocks[3][0] })
        {
            Tensor labels = ofInputs.narrow(0, ofInputs.shape[0] - 3, 3);
            labels.copy_(labels.index_select(0, tensor(order)).clone());
        }
        foreach (Tensor outputs in new[] { blocks[^2][0], blocks[^1][0] })
            outputs.copy_(outputs.index_select(outputs.dim() - 1, tensor(order)).clone());
        Tensor plain = Predicted(shown, theta), permuted = Predicted(
            shown with { Targets = shown.Targets.index_select(2, tensor(order)) }, renamed);
        Assert.True((plain.index_select(2, tensor(order)) - permuted).abs().max().item<double>() < 1e-9);
        Assert.True(plain.exp().sum([2]).Plus(-1.0).abs().max().item<double>() < 1e-9);
    }

    [Fact]
    public void An_episode_shows_all_pictures_of_its_classes_in_an_order_of_its_own()
    {
        using DisposeScope scope = NewDisposeScope();
        var tasks = new Episodes(Pictures.Set(classes: 5, images: 6), 3, Shots: 3, Queries: 1);
        ImageSamples many = tasks.DrawSequences(RandomStream.FromSeed(1), 0, 8, CPU);
        ImageSamples alone = tasks.DrawSequences(RandomStream.FromSeed(1), 6, 1, CPU);
        Assert.Equal(alone.Pictures.data<float>().ToArray(), many.Pictures[6].contiguous().data<float>().ToArray());
        Assert.All(many.Targets.sum([1]).data<float>(), pictures => Assert.Equal(4, pictures));
        long[][] orders = [.. Enumerable.Range(0, 8).Select(task => many.Targets[task].argmax(1).data<long>().ToArray())];
        Assert.Equal(8, orders.DistinctBy(order => string.Join(' ', order)).Count());
        // By counting: the number of earlier pictures of the same class.
        long[] before = [.. orders[2].Select((way, time) => (long)orders[2].Take(time).Count(other => other == way))];
        Assert.Equal(before, many.SeenBefore[2].data<long>().ToArray());
    }

    [Fact]
    public void Fewer_slots_than_heads_are_refused() =>
        Assert.Contains("mann.memorySlots must be at least mann.readHeads = 4", new MemoryAugmentedNetwork { MemorySlots = 3 }.Fault(9));

    private const double Added = 0.5;

    private static MemoryNetwork Model(int ways) => new(Pixels, new MemorySizes(Units: 6, Slots: 8, Width: 4, Heads: 2), ways);

    private static Tensor Predicted(ImageSamples shown, Tensor? theta = null)
    {
        MemoryNetwork model = Model((int)shown.Targets.shape[2]);
        theta ??= tensor(model.Initialise(RandomStream.FromSeed(3))).to(float64);
        return model.LogProbabilities(theta, theta.unsqueeze(0).expand(shown.TaskCount, -1), shown);
    }

    /// <summary>The largest difference at each time step.</summary>
    private static double[] Differences(Tensor one, Tensor other) => [.. (one - other).abs().amax([0, 2]).data<double>()];

    private static ImageSamples Sequences(int ways)
    {
        var tasks = new Episodes(Pictures.Set(6, 6), ways, Shots: 2, Queries: 1);
        ImageSamples drawn = tasks.DrawSequences(RandomStream.FromSeed(1), 0, 3, CPU);
        return new(drawn.Pictures.to(float64), drawn.Targets.to(float64));
    }

    /// <summary>A memory with one head that has read one slot and stored its key in another.</summary>
    private static LeastUsedMemory Memory(double[] usage, int read = 0, int stored = 0)
    {
        Tensor Waves(double frequency) => tensor(Enumerable.Range(1, Slots * Width).Select(i => Math.Sin(i * frequency)).ToArray());
        Tensor Only(int slot) => eye(Slots, Slots, float64)[slot].view(1, 1, Slots);
        return new(
            Waves(1).view(1, Slots, Width), Waves(0.7).view(1, Slots, Width), tensor(usage).view(1, Slots), Only(read), Only(stored),
            zeros(1, 1, Width, float64));
    }

    private static void Close(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.Equal(expected, actual, (one, other) => Math.Abs(one - other) < 1e-9);

    private static MemoryHeads Heads(Tensor key, double toRead = 0, double sharpness = 10) => new(
        key, full([1, 1, Width], Number(Added), float64), full([1, 1], Number(toRead), float64), full([1, 1], Number(sharpness), float64));

    private static double[] Row(Tensor matrix, int row) => [.. matrix[row].contiguous().data<double>()];
}
