using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>The keys, which control the playback, change the view, and ask for adaptations.</summary>
public sealed partial class ViewerControls
{
    private const double SpeedFactor = 2;

    private TaskBatch TestTasks => family!.TestTasks;

    public void KeyDown(Key key)
    {
        Version++;
        if (key is Key.Escape && ShowsHelp) ShowsHelp = false;
        else if (key is Key.Escape) WantsToQuit = true;
        else if (key is Key.F1 or Key.H)
        {
            ShowsHelp = !ShowsHelp;
            hasSeenHelp = true;
            UpdateHint();
            EndGesture();
        }
        else if (Scene is not null && !ControlsPlayback(key, Scene.Playback) && !ChangesView(key, Scene)) AskByKey(key);
        KeepClearOfSliders();
    }

    /// <returns>Whether the key is one that controls the playback</returns>
    private static bool ControlsPlayback(Key key, Playback playback)
    {
        switch (key)
        {
            case Key.Space: playback.Toggle(); return true;
            case Key.Left: playback.Nudge(-1); return true;
            case Key.Right: playback.Nudge(1); return true;
            case Key.Minus or Key.KeypadSubtract: playback.Speed /= SpeedFactor; return true;
            case Key.Equal or Key.KeypadAdd: playback.Speed *= SpeedFactor; return true;
            case Key.Home: playback.Seek(0); return true;
            case Key.End: playback.Seek(playback.Length); return true;
            case Key.R: playback.Restart(); return true;
            default: return false;
        }
    }

    /// <returns>Whether the key is one that changes the view</returns>
    private bool ChangesView(Key key, IScene scene)
    {
        if (key is >= Key.Number0 and <= Key.Number9)
        {
            foreach (ReplayScreen screen in Screens)
                if (key - Key.Number0 < screen.Visible.Count) screen.Toggle(key - Key.Number0);
        }
        else if (key == Key.M) ShowOnMap(null);
        else if (key == Key.T) scene.Theme = Theme = Theme == Theme.Dark ? Theme.Light : Theme.Dark;
        else if (key == Key.F) Fit();
        else if (key == Key.S) WantsPicture = true;
        else if (key == Key.V) WantsFilm = true;
        else return false;
        return true;
    }

    /// <param name="content">What the map is to show; null for the next choice</param>
    private void ShowOnMap(MapContent? content)
    {
        int choices = Enum.GetValues<MapContent>().Length;
        foreach (ReplayScreen screen in Screens)
            screen.MapContent = content ?? (MapContent)(((int?)screen.MapContent + 1 ?? 0) % choices);
    }

    private void Fit()
    {
        foreach (ReplayScreen screen in Screens) screen.Fit();
        AllTasks?.Fit();
    }

    private void AskByKey(Key key)
    {
        if (family is null) return;
        switch (key)
        {
            case Key.N: AskForTask(Request.Number % TestTasks.Count + 1); break;
            case Key.P: ToggleAll(); break;
            case Key.X: Ask(Request with { Seed = Request.Seed + 1 }); break;
            case Key.Up: Ask(Request with { Trajectories = Math.Min(MostTrajectories, Request.Trajectories + 5) }); break;
            case Key.Down: Ask(Request with { Trajectories = Math.Max(LeastTrajectories, Request.Trajectories - 5) }); break;
            case Key.RightBracket: Ask(Request with { Steps = Math.Min(MostSteps, Request.Steps + 1) }); break;
            case Key.LeftBracket: Ask(Request with { Steps = Math.Max(0, Request.Steps - 1) }); break;
            case Key.Period: Ask(Request with { StepScale = Math.Min(8, Request.StepScale * 1.25) }); break;
            case Key.Comma: Ask(Request with { StepScale = Math.Max(0.125, Request.StepScale / 1.25) }); break;
            default: Ask(Sliders?.KeyDown(key, Request, Usual) ?? Request); break;
        }
    }

    /// <param name="number">Number of a test task, from 1</param>
    internal void AskForTask(int number)
    {
        Usual = Usual with { Number = number, Task = TestTasks.Row(number - 1).ToArray() };
        Ask(Request with { Number = number, IsChosen = false, OfAllTasks = false, Task = Usual.Task });
    }

    /// <summary>Asks for all test tasks, among which so many robots are divided.</summary>
    internal void AskForAll(int robots) =>
        Ask(Request with { OfAllTasks = true, Trajectories = Math.Max(1, robots / TestTasks.Count) });

    private void ToggleAll()
    {
        if (checkpoints > 1)
        {
            Say("All tasks at once are shown for one checkpoint: open one of the two alone.");
            return;
        }
        if (!Request.OfAllTasks) Say($"adapting to {TestTasks.Count} tasks …");
        Ask(Request with { OfAllTasks = !Request.OfAllTasks });
    }

    private void Ask(AdaptationRequest request)
    {
        if (request == Request) return;
        Request = request;
        hasStarted |= request.IsChosen;
        UpdateHint();
        ask?.Invoke(request);
    }
}
