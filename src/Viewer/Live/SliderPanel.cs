using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>The sliders in a corner of the world, which the user moves by mouse or keys.</summary>
public sealed class SliderPanel
{
    private const float Width = 288, MostRow = 23, LeastRow = 14, Top = 34, Bottom = 12, Left = 112, Right = 102, Away = 14, Legend = 36;

    private readonly IReadOnlyList<Slider> ofOneTask, ofAllTasks;
    private Slider selected;
    private Slider? dragged;

    internal SliderPanel(TaskFamily family)
    {
        IReadOnlyList<Slider> sliders = ofOneTask = Slider.Of(family.Spec.Task);
        int columns = family.Spec.Task.Count, own = TaskFamilies.ByName[family.Name].Spec.Task.Count;
        ofAllTasks = [.. sliders.SkipLast(columns), .. sliders.TakeLast(columns - own)];
        selected = sliders[0];
        TaskBatch tasks = family.TestTasks;
        bool Varies(int column) => Enumerable.Range(0, tasks.Count).Any(task => tasks[task, column] != tasks[0, column]);
        string[] varied = [.. tasks.Columns.Where((_, column) => Varies(column)).Select(Columns.PrintedName)];
        IEnumerable<string> all = sliders.TakeLast(tasks.Columns.Count).Select(slider => slider.Name);
        TaskNames = string.Join(", ", varied.Length > 0 ? varied : all);
    }

    public bool IsOpen { get; set; }

    /// <summary>Whether all tasks are shown. Then there are no sliders of the family's own columns, in which the tasks differ.</summary>
    internal bool AreOfAllTasks { get; set; }

    internal bool IsDragged => dragged is not null;

    internal IReadOnlyList<Slider> Sliders => AreOfAllTasks ? ofAllTasks : ofOneTask;

    /// <summary>Names of the sliders of the columns in which tasks differ.</summary>
    internal string TaskNames { get; }

    internal Rect Area(Rect world) => new(world.Right - Width - Away, world.Y + Away, Width, Top + Row(world) * Sliders.Count + Bottom);

    /// <summary>Size of the corner of the world that the panel covers; zero while it is closed.</summary>
    internal Vector2 Covered(Rect world) => IsOpen ? new(Width + Away, Area(world).Bottom - world.Y) : default;

    /// <summary>Height of a slider's row. In a low world rows are lower, so that the legend stays visible.</summary>
    private float Row(Rect world) => Math.Clamp((world.Height - Away - Legend - Top - Bottom) / Sliders.Count, LeastRow, MostRow);

    /// <summary>The area of a slider's track.</summary>
    internal Rect Track(Rect world, int slider)
    {
        Rect area = Area(world);
        return new Rect(area.X + Left, area.Y + Top + Row(world) * (slider + 0.5f) - 2, Width - Left - Right, 4);
    }

    /// <returns>The request of the user now, or null where the key is not one of the panel's</returns>
    internal AdaptationRequest? KeyDown(Key key, AdaptationRequest request, AdaptationRequest usual)
    {
        if (key is not (Key.G or Key.Tab or Key.J or Key.K or Key.Backspace)) return null;
        // Nothing changes unseen: while the panel is closed, a key that would move a slider only opens it.
        if (key == Key.G || !IsOpen) IsOpen = !IsOpen;
        else if (key == Key.Tab) selected = Sliders[(Sliders.ToList().IndexOf(Chosen) + 1) % Sliders.Count];
        else if (key == Key.Backspace) return Chosen.Write(request, Chosen.Read(usual));
        else return Chosen.Step(request, key == Key.J ? -1 : 1);
        return request;
    }

    /// <returns>Whether the pointer is on the panel, so that the press is not meant for the world under it</returns>
    internal bool Press(Vector2 pointer, Rect world)
    {
        if (!IsOpen || !Area(world).Contains(pointer)) return false;
        int row = (int)((pointer.Y - Area(world).Y - Top) / Row(world));
        if (row >= 0 && row < Sliders.Count) selected = dragged = Sliders[row];
        return true;
    }

    internal AdaptationRequest Drag(Vector2 pointer, Rect world, AdaptationRequest request)
    {
        Rect track = Track(world, 0);
        return dragged!.MoveTo(request, (pointer.X - track.X) / track.Width);
    }

    internal void Release() => dragged = null;

    internal void Draw(Brush brush, Rect world, AdaptationRequest request, AdaptationRequest usual)
    {
        if (!IsOpen) return;
        Theme theme = brush.Theme;
        Rect area = Area(world);
        brush.Canvas.Box(area, theme.Panel.Fade(0.93), Brush.Radius, 1, theme.Edge);
        brush.Text(area.X + 14, area.Y + 23, "Sliders", theme.Text, Brush.Title);
        brush.Text(area.Right - 14, area.Y + 23, "Tab, J, K, Backspace", theme.Muted, align: 1);
        Slider chosen = Chosen;
        float row = Row(world);
        for (int i = 0; i < Sliders.Count; i++)
        {
            Slider slider = Sliders[i];
            Rect track = Track(world, i);
            float y = track.Centre.Y;
            if (slider == chosen) brush.Canvas.Box(new Rect(area.X + 6, y - row / 2 + 1, area.Width - 12, row - 2), theme.Grid, 5);
            brush.Text(area.X + 14, y + 4, slider.Name, slider == chosen ? theme.Text : theme.Muted, 8);
            double value = slider.Read(request);
            DrawTrack(brush, track, slider.Share(value), slider.Share(slider.Read(usual)));
            brush.Number(area.Right - 14, y + 4, value, slider.Digits, theme.Text, 8, 1, slider.Unit);
        }
    }

    /// <summary>Draws a track with its knob, a mark at the usual value, and a bar between the two.</summary>
    private static void DrawTrack(Brush brush, Rect track, double share, double usualShare)
    {
        Theme theme = brush.Theme;
        float y = track.Centre.Y, knob = track.X + (float)share * track.Width, usual = track.X + (float)usualShare * track.Width;
        brush.Canvas.Box(track, theme.Edge, 2);
        brush.Canvas.Box(new Rect(MathF.Min(knob, usual), track.Y, MathF.Abs(knob - usual), track.Height), theme.Step(1, 3), 2);
        brush.Canvas.Box(new Rect(usual - 1, y - 5, 2, 10), theme.Muted);
        brush.Canvas.Disc(new(knob, y), 5.5f, theme.Text);
    }

    /// <summary>The slider that keys move: the selected one, or the first where the selected one is not shown.</summary>
    private Slider Chosen => Sliders.Contains(selected) ? selected : Sliders[0];
}
