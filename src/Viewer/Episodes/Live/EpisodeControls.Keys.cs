using MamlRobotics.FewShot;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>The keys.</summary>
public sealed partial class EpisodeControls
{
    private const int MostSteps = 20, MostDrawnClasses = 10, MostEpisodes = 1_000_000;

    internal static readonly (string Key, string Does)[] Looking =
    [
        ("click a query picture", "why it is taken for its class"), ("N P", "next, previous episode"),
        ("← →", "one gradient step back, forward"), ("space", "go through the steps, or rest"), ("R", "from the beginning"),
        ("Home End", "before and after all steps"),
        ("[ ]", "fewer, more gradient steps"), ("click a step", "what is known after it"),
    ];

    internal static readonly (string Key, string Does)[] Drawing =
    [
        ("draw on the pad", "what is it taken for?"), ("Enter", "make the drawing a new class"),
        ("Z", "take the last stroke back, or the class"), ("C", "clear the pad"), ("W M D", "why, map of features, drawing pad"),
        ("Tab", "the next of these in a small window"), ("T", "light or dark"), ("F1 H", "this help; a click closes it"),
        ("Q Esc", "quit"),
    ];

    /// <inheritdoc/>
    public void KeyDown(Key key) => Change(() =>
    {
        if (ShowsHelp && key == Key.Escape) ShowsHelp = false;
        else if (key is Key.Escape or Key.Q) WantsToQuit = true;
        else if (key is Key.F1 or Key.H) ShowsHelp = !ShowsHelp;
        else if (key == Key.T) Theme = Theme == Theme.Dark ? Theme.Light : Theme.Dark;
        else if (!ChoosesPanel(key) && !GoesThroughSteps(key)) AskByKey(key);
    });

    /// <returns>Whether the key is one that chooses a panel</returns>
    private bool ChoosesPanel(Key key)
    {
        switch (key)
        {
            case Key.W: Panel = EpisodePanel.Why; break;
            case Key.M: Panel = EpisodePanel.Map; break;
            case Key.D: Panel = EpisodePanel.Draw; break;
            case Key.Tab: Panel = (EpisodePanel)(((int)Panel + 1) % Enum.GetValues<EpisodePanel>().Length); break;
            default: return false;
        }
        HasStarted = true;
        return true;
    }

    /// <returns>Whether the key is one that goes to another step</returns>
    private bool GoesThroughSteps(Key key)
    {
        if (adaptation is not { } shown) return false;
        int last = shown.Steps.Count - 1;
        switch (key)
        {
            case Key.Right: GoTo(Math.Min(last, Math.Floor(progress + 1e-6) + 1)); break;
            case Key.Left: GoTo(Math.Max(0, Math.Ceiling(progress - 1e-6) - 1)); break;
            case Key.Home: GoTo(0); break;
            case Key.End: GoTo(last); break;
            case Key.R: (progress, IsPlaying) = (0, last > 0); break;
            case Key.Space when progress >= last: (progress, IsPlaying) = (0, last > 0); break;
            case Key.Space: IsPlaying = !IsPlaying; break;
            default: return false;
        }
        return true;
    }

    private void GoTo(double step) => (progress, IsPlaying) = (step, false);

    private void AskByKey(Key key)
    {
        switch (key)
        {
            case Key.N: AskForEpisode(Request.Number + 1); break;
            case Key.P: AskForEpisode(Request.Number - 1); break;
            case Key.LeftBracket: AskForSteps(Request.Steps - 1); break;
            case Key.RightBracket: AskForSteps(Request.Steps + 1); break;
            case Key.Enter or Key.KeypadEnter: AddClass(); break;
            case Key.Z or Key.Backspace: Undo(); break;
            case Key.C or Key.Delete: ClearPad(); break;
        }
    }

    private void AskForEpisode(int number)
    {
        if (number is < 1 or > MostEpisodes) return;
        Pad.Clear();
        clicked = null;
        Ask(new EpisodeRequest(number, Request.Steps));
    }

    private void AskForSteps(int steps)
    {
        if (!Problem.Adapts) Say("This learner compares pictures and takes no gradient steps.");
        else if (steps is >= 0 and <= MostSteps && steps != Request.Steps) Ask(Request with { Steps = steps });
    }

    /// <summary>Makes what is drawn a class that is known by this one picture.</summary>
    private void AddClass()
    {
        int own = Request.Classes.Count;
        if (Pad.IsEmpty)
        {
            Panel = EpisodePanel.Draw;
            Say("Draw a character on the pad first; then it becomes a class.");
        }
        else if (Problem.HasFixedClasses && own == Problem.Ways - 1 || own == MostDrawnClasses)
            Say("There is no room for more classes of yours; N goes on to another episode.");
        else
        {
            int way = Problem.HasFixedClasses ? Problem.Ways - 1 - own : Problem.Ways + own;
            string place = Problem.HasFixedClasses ? ", in the place of another, because the network tells only so many apart" : "";
            Say($"Your drawing is class {PictureTile.NameOf(way)}{place}. Draw it again: it is recognised from this one example.");
            EpisodeRequest wider = Request with { Classes = [.. Request.Classes, Pad.Drawing], Query = FewShot.Drawing.Empty };
            Pad.Clear();
            clicked = null;
            Ask(wider);
        }
    }

    private void Undo()
    {
        clicked = null;
        if (!Pad.IsEmpty)
        {
            Pad.Undo();
            Ask(Request with { Query = Pad.Drawing });
        }
        else if (Request.Classes.Count > 0) Ask(Request with { Classes = [.. Request.Classes.SkipLast(1)] });
    }

    private void ClearPad()
    {
        if (Pad.IsEmpty) return;
        Pad.Clear();
        clicked = null;
        Ask(Request with { Query = FewShot.Drawing.Empty });
    }
}
