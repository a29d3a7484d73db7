using System.Numerics;
using MamlRobotics.FewShot;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>
/// Turns keys and mouse events into changes of what is shown of an episode, and into requests. It knows neither windows nor tensors. This
/// part shows adaptations; the keys and the mouse are in other parts.
/// </summary>
public sealed partial class EpisodeControls : ICanvasView
{
    private const double StepsPerSecond = 0.8, NoticeSeconds = 6;

    private readonly Action<EpisodeRequest> ask;
    private readonly Func<EpisodeAdaptation?> take;
    private EpisodeAdaptation? adaptation;
    private double progress, noticeLeft;
    private int? clicked;
    private float width = 1, height = 1;

    /// <param name="ask">Asks for an adaptation; a request replaces those that are not served yet</param>
    /// <param name="take">The adaptation that was finished since the last call, or null</param>
    public EpisodeControls(
        EpisodeProblem problem, Theme theme, EpisodeRequest first, Action<EpisodeRequest> ask, Func<EpisodeAdaptation?> take)
    {
        ArgumentNullException.ThrowIfNull(ask);
        (Problem, this.ask, this.take, Theme, Request) = (problem, ask, take, theme, first);
        ask(first);
    }

    public Theme Theme { get; private set; }

    internal EpisodeProblem Problem { get; }

    /// <summary>Whether the user has found something to do, so that nothing has to say how to start.</summary>
    internal bool HasStarted { get; private set; }

    /// <summary>What was asked for last.</summary>
    public EpisodeRequest Request { get; private set; }

    /// <inheritdoc/>
    public bool IsStale { get; private set; } = true;

    /// <inheritdoc/>
    public bool WantsToQuit { get; private set; }

    /// <summary>The panel that a small window shows.</summary>
    public EpisodePanel Panel { get; private set; }

    public bool ShowsHelp { get; private set; }

    /// <summary>A line for the user, or an empty one.</summary>
    public string Notice { get; private set; } = "";

    /// <summary>What is shown; null until the first adaptation is there.</summary>
    public EpisodeMoment? Moment => adaptation is null ? null : new(adaptation, progress, Selected(adaptation));

    /// <summary>Whether the steps are being gone through.</summary>
    public bool IsPlaying { get; private set; }

    internal DrawingPad Pad { get; } = new();

    internal EpisodeLayout Layout => EpisodeLayout.Of(width, height, isLive: true, hasFooter: true, Panel);

    /// <inheritdoc/>
    public void Draw(Canvas canvas)
    {
        LiveEpisodeScreen.Draw(new Brush(canvas, Theme), this);
        IsStale = false;
    }

    /// <inheritdoc/>
    public void Resize(float newWidth, float newHeight) => Change(() => (width, height) = (newWidth, newHeight));

    /// <inheritdoc/>
    public void Advance(double seconds)
    {
        if (take() is { } taken) Show(taken);
        if (IsPlaying) Change(() => Play(seconds));
        if (Notice.Length > 0 && (noticeLeft -= seconds) < 0) Say("");
    }

    private void Play(double seconds)
    {
        double last = adaptation!.Steps.Count - 1;
        progress = Math.Min(last, progress + StepsPerSecond * seconds);
        IsPlaying = progress < last;
    }

    private void Show(EpisodeAdaptation taken) => Change(() =>
    {
        int last = taken.Steps.Count - 1;
        bool isOther = adaptation?.Request.Number != taken.Request.Number;
        bool wasAtEnd = adaptation is not null && progress >= adaptation.Steps.Count - 1;
        adaptation = taken;
        // Another episode is shown from its beginning. What the user changes is shown where he is.
        if (isOther) (progress, IsPlaying) = (0, last > 0);
        else progress = wasAtEnd ? last : Math.Min(progress, last);
    });

    /// <summary>The query picture that was clicked, else the drawing, else the one that says most.</summary>
    private int? Selected(EpisodeAdaptation shown) =>
        clicked is { } query && query < shown.Episode.Query.Count ? query : EpisodeMoment.End(shown).Selected;

    private void Ask(EpisodeRequest request)
    {
        Request = request;
        ask(request);
    }

    private void Say(string line) => Change(() => (Notice, noticeLeft) = (line, NoticeSeconds));

    private void Change(Action change)
    {
        change();
        IsStale = true;
    }
}
