using System.Numerics;
using MamlRobotics.FewShot;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Controls of a made-up classifier that adapts at once, and hands for them.</summary>
internal sealed class EpisodeHands
{
    public static readonly EpisodeProblem Fixed = new(
        "few-shot classification · MAML", "5 ways, 1 shot of made-up rings · runs/rings, iteration 150", Ways: 5, Adapts: true,
        HasFixedClasses: true);

    public static readonly EpisodeProblem Comparing =
        Fixed with { Title = "few-shot classification · Prototypical networks", Adapts = false, HasFixedClasses = false };

    private readonly Queue<EpisodeAdaptation> finished = [];

    public EpisodeHands(EpisodeProblem problem, float width = 1280, float height = 720, Theme? theme = null)
    {
        Controls = new EpisodeControls(
            problem, theme ?? Theme.Dark, new(3, problem.Adapts ? 3 : 0), request =>
            {
                Asked.Add(request);
                finished.Enqueue(MadeEpisodes.Adapted(request, replaces: problem.HasFixedClasses));
            }, () => finished.TryDequeue(out EpisodeAdaptation? taken) ? taken : null);
        Controls.Resize(width, height);
        Wait();
    }

    public EpisodeControls Controls { get; }

    public List<EpisodeRequest> Asked { get; } = [];

    public EpisodeMoment Moment => Controls.Moment!;

    /// <summary>Lets the answers come, and no time pass.</summary>
    public void Wait()
    {
        while (finished.Count > 0) Controls.Advance(0);
    }

    public void Press(params Key[] keys)
    {
        foreach (Key key in keys) Controls.KeyDown(key);
        Wait();
    }

    public void Click(Vector2 at)
    {
        Controls.MouseMove(at);
        Controls.MouseDown(MouseButton.Left);
        Controls.MouseUp(MouseButton.Left);
        Wait();
    }

    /// <summary>Draws a stroke through points of the pad.</summary>
    public void Draw(params Vector2[] points)
    {
        Rect pad = Pad;
        Vector2 At(Vector2 point) => new Vector2(pad.X, pad.Y) + pad.Width * point;
        Controls.MouseMove(At(points[0]));
        Controls.MouseDown(MouseButton.Left);
        foreach (Vector2 point in points) Controls.MouseMove(At(point));
        Controls.MouseUp(MouseButton.Left);
        Wait();
    }

    public Rect Pad => PadPanel.Square(Brush.Inside(Controls.Layout.Draw));

    public Canvas Drawn()
    {
        Rect all = Controls.Layout.Header;
        var canvas = new Canvas(all.Right + all.X, Controls.Layout.Footer.Bottom + all.X);
        Controls.Draw(canvas);
        return canvas;
    }
}
