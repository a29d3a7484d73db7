using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

/// <summary>What is shown of an episode, against what is measured.</summary>
public class EpisodeAdapterTests
{
    private const int Side = 28;

    private static readonly Drawing Stroke = new([[new(0.2f, 0.2f), new(0.8f, 0.8f)]]);

    public static TheoryData<string> Learners => ["maml", "proto-maml", "cavia", "prototypical", "matching", "siamese"];

    [Theory]
    [MemberData(nameof(Learners))]
    public void The_pictures_that_are_right_are_those_that_the_evaluation_counts(string learner)
    {
        ClassificationConfig config = Config(learner);
        int steps = config.Algorithm is MetricRecipe ? 0 : 2;
        Episodes tasks = Tasks(config);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        IReadOnlyList<StepScores> scores = TensorScope.Free(() =>
        {
            using ClassificationExperiment experiment = new(config, CPU, 1);
            return experiment.Evaluate(CheckpointOf(config).Meta(CPU), tasks, Episodes.EvaluationStream(5), 4, steps);
        });
        using (EpisodeAdapter adapter = Adapter(config, tasks))
        {
            EpisodeAdaptation[] shown = [.. Enumerable.Range(1, 4).Select(number => adapter.Adapt(new(number, steps)))];
            string counted = string.Join("; ", scores.Select(step => string.Join(' ', step.Values.Select(share => Math.Round(6 * share)))));
            Assert.Equal(counted, string.Join("; ", scores.Select(step => string.Join(' ', shown.Select(one => one.Right(step.Step))))));
            Assert.All(
                shown.SelectMany(one => one.Steps).SelectMany(step => step.Probabilities), shares => Assert.Equal(1, shares.Sum(), 1e-4));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_prototypical_network_takes_a_picture_for_the_class_at_the_smallest_distance_and_drawings_become_further_classes()
    {
        ClassificationConfig config = Config("prototypical");
        using EpisodeAdapter adapter = Adapter(config, Tasks(config));
        EpisodeAdaptation shown = adapter.Adapt(new EpisodeRequest(1, 0, [Stroke], Stroke));
        Assert.Equal(4, shown.Episode.Classes.Distinct().Count());
        Assert.Equal(new EpisodeClass("your drawing 1", IsDrawn: true), shown.Episode.Classes[3]);
        Assert.All(shown.Episode.Classes.Take(3), one => Assert.StartsWith("alphabet 1 character ", one.Name, StringComparison.Ordinal));
        Assert.Equal(6, shown.Drawn);
        EpisodeStep step = shown.Steps[0];
        for (int query = 0; query < shown.Episode.Query.Count; query++)
        {
            int nearest = step.Distances[query].Index().MinBy(one => one.Item).Index;
            Assert.Equal(shown.Episode.Support[nearest].Class, step.Predicted(query));
        }
        // The same drawing again is at no distance from the class that it has become.
        Assert.Equal(3, step.Predicted(shown.Drawn!.Value));
        Assert.Equal(0, step.Distances[shown.Drawn.Value][3], 1e-3);
        Assert.Null(shown.IsRight(0, shown.Drawn.Value));
    }

    [Fact]
    public void A_network_of_fixed_classes_learns_a_drawing_in_the_place_of_its_last_class()
    {
        ClassificationConfig config = Config("maml");
        using EpisodeAdapter adapter = Adapter(config, Tasks(config));
        Assert.True(config.HasFixedClasses);
        EpisodeAdaptation before = adapter.Adapt(new(1, 5));
        EpisodeAdaptation shown = adapter.Adapt(new EpisodeRequest(1, 5, [Stroke], Stroke));
        Assert.Equal(before.Episode.Classes.Take(2), shown.Episode.Classes.Take(2));
        Assert.Equal(new EpisodeClass("your drawing 1", IsDrawn: true), shown.Episode.Classes[2]);
        Assert.Equal(4, shown.Known);
        Assert.Equal(2, shown.Steps[5].Predicted(shown.Drawn!.Value));
        EpisodeAdaptation two = adapter.Adapt(new EpisodeRequest(1, 0, [Stroke, Stroke], Drawing.Empty));
        Assert.Equal(["your drawing 2", "your drawing 1"], two.Episode.Classes.Skip(1).Select(one => one.Name));
    }

    [Fact]
    public void A_plane_of_points_that_lie_in_one_keeps_their_distances_and_the_shares_are_those_of_the_variances()
    {
        // Two axes at right angles in four dimensions, with variances 8 and 2.
        Vector2[] places = [new(4, 0), new(-4, 0), new(0, 2), new(0, -2)];
        float[] Point(Vector2 at) => [3 + 0.6f * at.X, 0.8f * at.X - 1, at.Y, 7];
        var plane = new PrincipalPlane([.. places.Select(Point)]);
        Assert.Equal(0.8, plane.Shares[0], 1e-9);
        Assert.Equal(0.2, plane.Shares[1], 1e-9);
        foreach (Vector2 one in places)
            foreach (Vector2 other in places)
                Assert.Equal(Vector2.Distance(one, other), Vector2.Distance(plane.Place(Point(one)), plane.Place(Point(other))), 1e-4);
        Assert.Equal(4, plane.Place(Point(places[0])).X, 1e-4);
        Vector2 single = new PrincipalPlane([[1, 2, 3]]).Place([1, 2, 3]);
        Assert.Equal(Vector2.Zero, single);
    }

    private static ClassificationConfig Config(string learner) => new()
    {
        Algorithm = Catalog<Recipe>.Create(learner).Single(recipe => recipe.Suits(typeof(ImageSamples))),
        Side = Side, Channels = 4, Ways = 3, Shots = 1, Queries = 2,
        InnerLearningRates = [0.4], InnerSteps = 2, Rotations = false, Optimiser = new AdamOptions { Epochs = 1 },
    };

    private static Episodes Tasks(ClassificationConfig config) =>
        new(StrokeCharacters.Set("characters", Side, 0, config.Ways, 6, seed: 0), config.Ways, config.Shots, config.Queries);

    private static EpisodeAdapter Adapter(ClassificationConfig config, Episodes tasks) =>
        new(CheckpointOf(config), config, tasks, seed: 5, CPU, threads: 1);

    private static Checkpoint CheckpointOf(ClassificationConfig config)
    {
        using ClassificationExperiment experiment = new(config, CPU, 1);
        using Tensor meta = experiment.CreateInitialMeta();
        return new(config, [.. meta.data<float>()], [], new Dictionary<string, NamedArray>(), 0, null, "cpu", 1);
    }
}
