using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.Policies;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>Python reads the program's files and acts by its policies.</summary>
public sealed class PythonFilesTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private const int Samples = 50;

    private readonly TemporaryFolder folder = trained.Folder;

    [FactWithPython(steps: false)]
    public void Python_reads_checkpoints_adapted_policies_replays_and_recorded_dynamics()
    {
        string[][] commands =
        [
            ["adapt", folder.In("run"), "--out", folder.In("adapted.safetensors"), "--tasks", "heldout:3", "--steps", "2"],
            ["record", folder.In("run"), "--out", folder.In("a.replay"), "--steps", "2", "--trajectories", "4"],
            ["dynamics", "record", "arm-goals", "--out", folder.In("golden.safetensors"), "--tasks", "2", "--steps", "5"],
        ];
        foreach (string[] command in commands) Assert.Equal(("", 0), Outcome(MamlProcess.Run(command)));
        string checkpoint = folder.Latest("run");
        (int code, string output) = Python.Run(
            "-m", "tests.read_files", checkpoint, folder.In("adapted.safetensors"), folder.In("a.replay"), folder.In("golden.safetensors"));
        Assert.True(code == 0, output);
        Assert.Equal("read 4 files", output.Trim());
    }

    [FactWithPython(steps: false)]
    public void NumPy_computes_the_distributions_of_every_perceptron()
    {
        int[][] hidden = [[], [7], [16, 8]];
        int count = 0;
        foreach (Activation activation in Enum.GetValues<Activation>())
            foreach (int[] sizes in hidden)
                foreach (int context in (int[])[0, 3])
                    foreach (bool stateDependent in (bool[])[false, true])
                        Write(new GaussianMlp(3, 2, sizes, activation, 0.4, context, stateDependent), folder.In($"{count++}.policy"));
        (int code, string output) = Python.Run("-m", "tests.same_policies", folder.In());
        Assert.True(code == 0, output);
        Assert.Equal($"{count} policies agree", output.Trim());
    }

    private static (string, int) Outcome(ProcessResult result) => (result.Error, result.Code);

    /// <summary>A policy with random parameters as a checkpoint, with its distributions at random observations.</summary>
    private static void Write(GaussianMlp policy, string path) => MetaLearning.TensorScope.Free(() =>
    {
        RandomStream seed = RandomStream.FromSeed(5);
        float[] parameters = [.. Enumerable.Range(0, policy.Layout.Count).Select(i => (float)(2 * seed.Uniform(i) - 1))];
        float[] observations = [.. Enumerable.Range(0, 3 * Samples).Select(i => (float)(6 * seed.Stream("observations").Uniform(i) - 3))];
        DiagonalGaussian distribution = policy.Distribution(
            torch.tensor(parameters).unsqueeze(0), torch.tensor(observations).view(1, Samples, 3));
        var arrays = new Dictionary<string, NamedArray>
        {
            ["observations"] = new([Samples, 3], observations),
            ["mean"] = new([Samples, 2], distribution.Mean.contiguous().data<float>().ToArray()),
            ["log_std"] = new([Samples, 2], distribution.LogStd.expand(1, Samples, 2).contiguous().data<float>().ToArray()),
        };
        foreach (ParameterBlock block in policy.Layout.Blocks)
            arrays["theta." + block.Name] = new([.. block.Shape.Select(size => (long)size)], block.Of(parameters).ToArray());
        string activation = policy.Activation.ToString().ToLower(CultureInfo.InvariantCulture);
        new Safetensors(arrays, new Dictionary<string, string>
        {
            ["kind"] = "maml-robotics checkpoint 1", ["iteration"] = "0",
            ["config"] = $$"""{"network": "mlp", "activation": "{{activation}}", "minStd": 0.4, "actionUnit": 0.5}""",
        }).Write(path);
    });
}
