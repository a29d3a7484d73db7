using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>The mouse, which clicks and drags in the world, on the timeline and on the sliders. Positions are in points.</summary>
public sealed partial class ViewerControls
{
    private const float ClickReach = 5, GoalReach = 22, ZoomFactor = 1.15f;

    private enum Drag { None, Undecided, Pan, Goal, Scrub, Slider }

    private Drag drag;
    private MapTasks? mapTasks;
    private Vector2 pressed, pointer;

    /// <summary>The button with which a gesture began. No other button ends it.</summary>
    private MouseButton? down;

    /// <summary>The replay under the pointer when the button went down.</summary>
    private ReplayScreen? pressedScreen;

    public void MouseDown(MouseButton button)
    {
        Version++;
        if (ShowsHelp)
        {
            ShowsHelp = false;
            return;
        }
        if (Scene is null || down is { } other && other != button) return;
        if (button == MouseButton.Left && Press()) return;
        (down, pressed) = (button, pointer);
        pressedScreen = Screens.FirstOrDefault(screen => screen.Layout.World.Contains(pointer));
        if (Layouts.Any(layout => layout.Timeline.Contains(pointer))) Scrub();
        else if (Sliders?.Press(pointer, SliderWorld) == true) drag = Sliders.IsDragged ? Drag.Slider : Drag.None;
        else if (pressedScreen is null && AllTasks?.Layout.World.Contains(pointer) != true) drag = Drag.None;
        else if (button != MouseButton.Left) drag = Drag.Pan;
        else drag = CanAdapt && IsOnGoal(pressedScreen) ? Drag.Goal : Drag.Undecided;
        if (drag == Drag.Slider) Ask(Sliders!.Drag(pointer, SliderWorld, Request));
    }

    private bool IsOnGoal(ReplayScreen? screen) =>
        screen?.Replay.World.Goal is { } goal && Vector2.Distance(screen.Camera.ToScreen(goal), pointer) < GoalReach;

    public void MouseMove(Vector2 position)
    {
        Vector2 moved = position - pointer;
        pointer = position;
        FindPointedButton();
        if (Scene is null || drag == Drag.None) return;
        Version++;
        if (drag == Drag.Undecided && Vector2.Distance(pressed, pointer) > ClickReach) drag = Drag.Pan;
        if (drag == Drag.Scrub) Scrub();
        else if (drag == Drag.Slider) Ask(Sliders!.Drag(pointer, SliderWorld, Request));
        else if (drag == Drag.Goal && moved != default) PlaceTask(family!);
        else if (drag == Drag.Pan) ChangeCameras(camera => camera.Pan(moved));
    }

    public void MouseUp(MouseButton button)
    {
        if (button != down) return;
        Version++;
        if (drag == Drag.Undecided && pressedScreen is not null && family is not null) PlaceTask(family);
        else if (drag == Drag.Undecided && AllTasks?.TaskAt(pointer, GoalReach) is { } task) AskForTask(task);
        EndGesture();
    }

    public void Scroll(float turns)
    {
        IReadOnlyList<WorldScreen> worlds = AllTasks is { } allTasks ? [allTasks] : Screens;
        if (ShowsHelp || worlds.FirstOrDefault(screen => screen.Layout.World.Contains(pointer)) is not { } under) return;
        Version++;
        // Both halves zoom at the same point of their worlds.
        Vector2 at = under.Camera.ToWorld(pointer);
        foreach (WorldScreen screen in worlds) screen.Zoom(at, MathF.Pow(ZoomFactor, turns));
    }

    /// <summary>The area of the world that has the sliders in its corner.</summary>
    internal Rect SliderWorld => LastLayout.World;

    /// <summary>The layout of the scene, or of its right half.</summary>
    internal ScreenLayout LastLayout => AllTasks?.Layout ?? Screens[^1].Layout;

    /// <summary>Finds the button under the pointer, which is drawn differently from the others.</summary>
    private void FindPointedButton()
    {
        Key? before = Pointed;
        Pointed = Scene is null || ShowsHelp ? null : Transport.At(LastLayout.Header, pointer);
        if (Pointed != before) Version++;
    }

    /// <summary>Presses the button or the cell of a map that is under the pointer.</summary>
    /// <returns>Whether there was a button or a map</returns>
    private bool Press()
    {
        if (Transport.At(LastLayout.Header, pointer) is { } key)
        {
            KeyDown(key);
            return true;
        }
        if (Screens.FirstOrDefault(screen => screen.Layout.Map.Contains(pointer)) is not { } under) return false;
        if (under.MapContent is not null && MapSwitch.At(under.Layout.Map, pointer) is { } content) ShowOnMap(content);
        else if (under.CellAt(pointer) is { } cell) TakeCell(under.Replay.Map, cell);
        return true;
    }

    /// <summary>Asks for the task that a cell of the map stands for.</summary>
    private void TakeCell(ReturnMap map, int cell)
    {
        if (family is null) return;
        mapTasks ??= new MapTasks(family);
        if (mapTasks.Reached(map).Contains(cell))
        {
            var task = new TaskBatch(TestTasks.Columns, [.. Request.Task]);
            Ask(Request with { Task = mapTasks.Row(map, task, cell), IsChosen = true });
        }
        else Say($"No task of {family.Name} lies in that cell.");
    }

    private void EndGesture()
    {
        (drag, down) = (Drag.None, null);
        Sliders?.Release();
    }

    /// <summary>Keeps the world clear of the sliders.</summary>
    private void KeepClearOfSliders()
    {
        if (Scene is not null) Scene.Covered = Sliders?.Covered(SliderWorld) ?? default;
    }

    private IEnumerable<ScreenLayout> Layouts => AllTasks is { } allTasks ? [allTasks.Layout] : Screens.Select(screen => screen.Layout);

    private void ChangeCameras(Func<Camera, Camera> change)
    {
        foreach (ReplayScreen screen in Screens) screen.Camera = change(screen.Camera);
        if (AllTasks is { } allTasks) allTasks.Camera = change(allTasks.Camera);
    }

    private void Scrub()
    {
        drag = Drag.Scrub;
        Playback playback = Scene!.Playback;
        playback.IsPlaying = false;
        // Where there are two timelines, it is the one on which the button was pressed.
        Rect timeline = Layouts.OrderByDescending(layout => layout.Timeline.Contains(pressed)).First().Timeline;
        playback.Seek(Timeline.PositionAt(timeline, playback, pointer.X));
    }

    /// <summary>Asks for the task that the point under the pointer stands for.</summary>
    private void PlaceTask(TaskFamily tasks)
    {
        Replay replay = pressedScreen!.Replay;
        Vector2 start = replay.World.Tip(replay.Steps[0].Shown.State(0)), point = pressedScreen.Camera.ToWorld(pointer);
        if (ClickedTask.At(tasks.Spec.Task, Request.Task, start, point) is not { } task)
        {
            Sliders!.IsOpen = true;
            KeepClearOfSliders();
            Say($"The tasks of {tasks.Name} have no goal in the world to place. Its sliders change them: {Sliders.TaskNames}.");
        }
        else if (!task.SequenceEqual(Request.Task))
        {
            Ask(Request with { Task = task, IsChosen = true });
        }
    }
}
