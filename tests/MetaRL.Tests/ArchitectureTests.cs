using System.Xml.Linq;

namespace MamlRobotics.MetaRL.Tests;

public class ArchitectureTests
{
    private static readonly string[] Order = ["Envs", "Native", "Policies", "MetaLearning", "FewShot", "MetaRL", "Viewer", "Cli"];

    [Fact]
    public void References_between_projects_run_one_way()
    {
        string[] projects = Directory.GetFiles(Path.Combine(Root(), "src"), "*.csproj", SearchOption.AllDirectories);
        Assert.True(projects.Length >= 4);
        foreach (string project in projects)
        {
            int position = Array.IndexOf(Order, Path.GetFileNameWithoutExtension(project));
            Assert.True(position >= 0, $"{project} has no place in the order {string.Join(" <- ", Order)}");
            foreach (XElement reference in XDocument.Load(project).Descendants("ProjectReference"))
            {
                string name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'));
                Assert.InRange(Array.IndexOf(Order, name), 0, position - 1);
            }
        }
    }

    [Fact]
    public void Only_the_scope_itself_opens_dispose_scopes()
    {
        string[] sources = Directory.GetFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories);
        IEnumerable<string> opening = sources.Where(file => File.ReadAllText(file).Contains("NewDisposeScope()"));
        string[] owners = [.. opening.Select(file => Path.GetFileName(file)!)];
        Assert.Equal(["TensorScope.cs"], owners);
    }

    /// <summary>
    /// Code that runs step by step never waits for the device: a number that is read back, or a shape that depends on one, would make
    /// it wait.
    /// </summary>
    [Theory]
    [InlineData("TensorReal.cs")]
    [InlineData("TensorDynamics.cs")]
    [InlineData("TensorSimulator.cs")]
    [InlineData("TensorStream.cs")]
    [InlineData("TensorEpisodes.cs")]
    [InlineData("LinearFeatureBaseline.cs")]
    [InlineData("GeneralizedAdvantage.cs")]
    [InlineData("SampleBatch.cs")]
    [InlineData("InnerLoop.cs")]
    [InlineData("GradientAdaptation.cs")]
    [InlineData("StepSizes.cs")]
    [InlineData("ParameterDifference.cs")]
    [InlineData("ImplicitGradient.cs")]
    [InlineData("MetaObjective.cs")]
    [InlineData("PolicyModel.cs")]
    [InlineData("PolicyLosses.cs")]
    [InlineData("OffsetAdaptation.cs")]
    [InlineData("SampleNetwork.cs")]
    [InlineData("LearnedWeight.cs")]
    [InlineData("LearnedAdvantage.cs")]
    [InlineData("LoadedDice.cs")]
    [InlineData("EpisodeOrder.cs")]
    [InlineData("ExplorationTerm.cs")]
    [InlineData("BestEpisodeTerm.cs")]
    [InlineData("LearnedEmbedding.cs")]
    [InlineData("ConjugateGradient.cs")]
    [InlineData("AdaptedCurvature.cs")]
    [InlineData("LinearisedAdaptation.cs")]
    [InlineData("TaskParallelObjective.cs")]
    [InlineData("TaskPart.cs")]
    [InlineData("GaussianMlp.cs")]
    [InlineData("DiagonalGaussian.cs")]
    public void Rollouts_derivatives_and_conjugate_gradients_read_no_number_back(string file)
    {
        string source = File.ReadAllText(Directory.GetFiles(Path.Combine(Root(), "src"), file, SearchOption.AllDirectories).Single());
        Assert.DoesNotMatch(@"\.(item|data|cpu|masked_select|nonzero|To(Double|Single|Int32|Int64|Boolean|Scalar))\b[<(]", source);
        Assert.DoesNotMatch(@"ReadNumber|linalg\.(solve|inv|cholesky)\(", source);
        // No tensor is made on the CPU either, which some operators of a device would accept without an error.
        Assert.DoesNotMatch(@"(device: |[(,] ?)CPU\b", source);
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "MamlRobotics.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
