using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>Lets a network that has an output for each class tell fewer classes apart, by the first of its outputs.</summary>
public static class FewerClasses
{
    /// <summary>The checkpoint with the outputs of the asked number of classes, and with what is learned of them.</summary>
    /// <param name="asked">The configuration of the checkpoint with as many classes or fewer</param>
    public static Checkpoint Of(Checkpoint checkpoint, ClassificationConfig asked)
    {
        int[] kept = Kept(checkpoint.Config.Model, asked.Model);
        int all = checkpoint.Theta.Length;
        if (kept.Length == all) return checkpoint;
        var learned = checkpoint.Learned.Select(block =>
            (block.Name, block.Array.Shape[^1] == all ? Of(block.Array, kept) : block.Array));
        return checkpoint with
        {
            Config = asked,
            Theta = [.. kept.Select(i => checkpoint.Theta[i])],
            Learned = [.. learned],
        };
    }

    /// <summary>Learned numbers of each parameter, such as step sizes, for those that are kept. [rows, P] to [rows, kept]</summary>
    private static NamedArray Of(NamedArray array, int[] kept)
    {
        (int rows, int all) = ((int)array.Shape[0], (int)array.Shape[^1]);
        var values = (float[])array.Data;
        float[] some = [.. Enumerable.Range(0, rows).SelectMany(row => kept.Select(i => values[row * all + i]))];
        return new([rows, kept.Length], some);
    }

    /// <summary>The indices of the parameters that are kept. An output is the last dimension of a block.</summary>
    private static int[] Kept(ParameterLayout trained, ParameterLayout asked) =>
    [
        .. trained.Blocks.Zip(asked.Blocks).SelectMany(pair => Enumerable.Range(0, pair.First.Length)
            .Where(i => i % pair.First.Shape[^1] < pair.Second.Shape[^1])
            .Select(i => pair.First.Offset + i)),
    ];
}
