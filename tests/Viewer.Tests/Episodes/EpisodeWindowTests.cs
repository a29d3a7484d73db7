using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Viewer.Tests;

/// <summary>A window in which somebody draws.</summary>
[Collection(nameof(CountedGl))]
public sealed class EpisodeWindowTests
{
    private const string Name = "a character of one's own";

    private static readonly ClassificationConfig Config = new()
    {
        Algorithm = new PrototypicalNetworks(), Channels = 8, Ways = 3, Queries = 2, Rotations = false,
    };

    // A hook, as the mouse goes.
    private static readonly Vector2[] Hook = [new(0.2f, 0.2f), new(0.2f, 0.6f), new(0.4f, 0.75f), new(0.6f, 0.6f), new(0.6f, 0.3f)];

    [FactWith("Xvfb", "xdotool")]
    public void A_character_that_a_real_mouse_draws_becomes_a_class_and_is_recognised_when_it_is_drawn_again()
    {
        VirtualDisplay display = VirtualDisplay.OfProcess();
        using EpisodeAdapter adapter = Adapter();
        using var worker = new EpisodeWorker(adapter);
        var problem = new EpisodeProblem("few-shot", "made-up characters", Config.Ways, Adapts: false, HasFixedClasses: false);
        var controls = new EpisodeControls(problem, Theme.Dark, new(1, 0), worker.Ask, worker.Take);
        using var window = new CanvasWindow(controls, Name)
        {
            Bind = bound => CountedGl.Bind(name => bound.GLContext!.GetProcAddress(name)),
        };
        window.Open();
        string id = Xdotool.Run($"search --sync --name \"{Name}\"", display, window.Step).Split('\n')[0];
        Xdotool.Run($"windowmove --sync {id} 0 0 windowfocus --sync {id}", display, window.Step);
        Until(() => controls.Moment is not null);
        Assert.Equal(3, controls.Moment!.Episode.Classes.Count);
        Draw(default);
        Assert.Equal(controls.Moment.Adaptation.Drawn, controls.Moment.Selected);
        Xdotool.Run("key Return", display, window.Step);
        Until(() => controls.Moment.Episode.Classes.Count == 4 && controls.Pad.IsEmpty);
        // Elsewhere on the pad, as a hand would.
        Draw(new Vector2(0.15f, 0.1f));
        Assert.Equal(3, controls.Moment.Shown.Predicted(controls.Moment.Adaptation.Drawn!.Value));
        Xdotool.Run("key q", display, window.Step);
        Patience.Until(() => !window.Step());
        Assert.All(CountedGl.Live, live => Assert.Equal(0, live));

        void Until(Func<bool> holds) => Patience.Until(holds, () => Assert.True(window.Step()));

        void Draw(Vector2 offset)
        {
            Rect pad = PadPanel.Square(Brush.Inside(controls.Layout.Draw));
            string Move(Vector2 point)
            {
                Vector2 at = new Vector2(pad.X, pad.Y) + pad.Width * (point + offset);
                return string.Create(CultureInfo.InvariantCulture, $"mousemove --window {id} {at.X:F0} {at.Y:F0}");
            }

            Xdotool.Run($"{Move(Hook[0])} mousedown 1", display, window.Step);
            Until(() => controls.Pad.IsDrawing);
            foreach (Vector2 point in Hook) Xdotool.Run(Move(point), display, window.Step);
            Xdotool.Run("mouseup 1", display, window.Step);
            Until(() => !controls.Pad.IsDrawing && controls.Moment!.Adaptation.Request == controls.Request);
        }
    }

    [Fact]
    public void The_worker_serves_the_newest_request_and_hands_on_what_goes_wrong()
    {
        using EpisodeAdapter adapter = Adapter();
        using var worker = new EpisodeWorker(adapter);
        EpisodeAdaptation? taken = null;
        for (int number = 1; number <= 50; number++) worker.Ask(new(number, 0));
        Patience.Until(() => (taken = worker.Take() ?? taken)?.Request.Number == 50);
        Assert.Null(worker.Take());
        // No stroke may be empty.
        worker.Ask(new(1, 0, [], new Drawing([[]])));
        Assert.ThrowsAny<Exception>(() => Patience.Until(() => worker.Take() is not null));
    }

    private static EpisodeAdapter Adapter()
    {
        ImageSet characters = StrokeCharacters.Set("characters", Config.Side, firstClass: 0, classes: 10, imagesPerClass: 5, seed: 0);
        var tasks = new Episodes(characters, Config.Ways, Config.Shots, Config.Queries);
        float[] theta = Config.Classifier.Initialise(RandomStream.FromSeed(1));
        var checkpoint = new Checkpoint(Config, theta, [], new Dictionary<string, NamedArray>(), 0, null, "cpu", 1);
        return new EpisodeAdapter(checkpoint, Config, tasks, seed: 40, CPU, threads: 1);
    }
}
