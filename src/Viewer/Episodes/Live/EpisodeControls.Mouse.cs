using System.Numerics;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>The mouse, which presses buttons, chooses pictures and steps, and draws. Positions are in points.</summary>
public sealed partial class EpisodeControls
{
    private Vector2 pointer;

    /// <summary>The key of the button under the pointer; null where there is none.</summary>
    internal Key? Pointed { get; private set; }

    /// <inheritdoc/>
    public void MouseMove(Vector2 to)
    {
        pointer = to;
        Key? under = ShowsHelp ? null : LiveEpisodeScreen.ButtonAt(this, pointer);
        if (under != Pointed) Change(() => Pointed = under);
        if (Pad.DrawTo(OnPad(pointer))) Change(AskForDrawing);
    }

    /// <inheritdoc/>
    public void MouseDown(MouseButton button)
    {
        if (ShowsHelp) Change(() => ShowsHelp = false);
        else if (button == MouseButton.Left) Change(Press);
    }

    /// <inheritdoc/>
    public void MouseUp(MouseButton button)
    {
        if (button == MouseButton.Left) Pad.End();
    }

    private void Press()
    {
        EpisodeLayout layout = Layout;
        if (LiveEpisodeScreen.ButtonAt(this, pointer) is { } key) KeyDown(key);
        else if (!layout.Draw.IsEmpty && PadPanel.Square(Brush.Inside(layout.Draw)).Contains(pointer)) BeginStroke();
        else if (Moment is { } moment) Choose(layout, moment);
    }

    private void BeginStroke()
    {
        (clicked, HasStarted) = (null, true);
        Pad.Begin(OnPad(pointer));
        AskForDrawing();
    }

    private void Choose(EpisodeLayout layout, EpisodeMoment moment)
    {
        if (layout.Pictures.Contains(pointer) && PicturesPanel.Grid(layout.Pictures, moment.Episode).At(pointer) is { } query)
        {
            (clicked, HasStarted) = (query, true);
            if (Panel == EpisodePanel.Draw) Panel = EpisodePanel.Why;
        }
        else if (Problem.Adapts && StepCells.At(LiveEpisodeScreen.Cells(layout.Footer), moment.Steps, pointer) is { } step) GoTo(step);
    }

    private Vector2 OnPad(Vector2 point)
    {
        Rect square = PadPanel.Square(Brush.Inside(Layout.Draw));
        return (point - new Vector2(square.X, square.Y)) / square.Width;
    }

    private void AskForDrawing() => Ask(Request with { Query = Pad.Drawing });
}
