using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>
/// Shows the mean action over the state: before adaptation as wide needles that become thin along the action, and after the
/// step that is shown as thin arrows over them, each in the colour of its step.
/// </summary>
internal static class FieldPanel
{
    private const float LeastSpacing = 15, NeedleWidth = 0.3f, LeastWidth = 200, RoomBeside = 72, RoomAbove = 48;

    /// <summary>The width that suits a height.</summary>
    public static float WidthFor(float height) => Math.Max(LeastWidth, height - RoomAbove - AxisLabel.Height + RoomBeside);

    public static void Draw(Brush brush, Rect area, Replay replay, int episode)
    {
        ActionField field = replay.Field;
        Rect inside = brush.Panel(area, "Mean action", episode == 0 ? "prior" : "wide: prior");
        (Coordinate xAxis, Coordinate yAxis) = field.Axes;
        var x = new AxisLabel(xAxis.Name, xAxis.Unit, field.Low.X, field.High.X);
        var y = new AxisLabel(yAxis.Name, yAxis.Unit, field.Low.Y, field.High.Y);
        float size = MathF.Min(inside.Height - AxisLabel.Height, inside.Width - y.Width);
        var square = new Rect(inside.X + y.Width + (inside.Width - y.Width - size) / 2, inside.Y, size, size);
        brush.Canvas.Box(square, brush.Theme.Grid.Fade(0.6), 3);
        x.DrawBelow(brush, square);
        y.DrawLeft(brush, square);
        // Only every so many cells have an arrow, since arrows that are too near to each other cannot be distinguished.
        int stride = Math.Clamp((int)MathF.Ceiling(LeastSpacing * field.Cells / size), 1, field.Cells);
        float longest = field.Actions.Max(step => step.Max(action => action.Length()));
        float scale = 0.95f * stride * size / field.Cells / longest;
        DrawAll(0, brush.Theme.Step(0, replay.InnerSteps).Fade(episode == 0 ? 1 : 0.6), Needle);
        if (episode > 0) DrawAll(episode, brush.Theme.Step(episode, replay.InnerSteps), Arrow);
        if (!replay.World.IsArm && replay.World.Goal is { } goal)
            brush.Canvas.Disc(Place(square, field, replay.World.Coordinates(goal)), 4.5f, brush.Theme.Panel.Fade(0.6), 2, brush.Theme.Goal);

        void DrawAll(int step, Colour colour, Action<Brush, Vector2, Vector2, Colour> draw)
        {
            int span = (Math.Max(1, field.Cells / stride) - 1) * stride, first = (field.Cells - 1 - span) / 2, last = first + span;
            for (int row = first; row <= last; row += stride)
            {
                for (int column = first; column <= last; column += stride)
                {
                    int cell = row * field.Cells + column;
                    Vector2 middle = Place(square, field, field.Middle(cell));
                    Vector2 along = field.Actions[step][cell] * scale * new Vector2(1, -1);
                    // Where the policy does nothing a dot is drawn.
                    if (along.Length() > 1.5f) draw(brush, middle, along, colour);
                    else brush.Canvas.Disc(middle, 1.1f, colour);
                }
            }
        }
    }

    private static Vector2 Place(Rect square, ActionField field, Vector2 at)
    {
        Vector2 share = (at - field.Low) / (field.High - field.Low);
        return new Vector2(square.X + share.X * square.Width, square.Bottom - share.Y * square.Height);
    }

    private static void Needle(Brush brush, Vector2 middle, Vector2 along, Colour colour)
    {
        brush.Canvas.BeginPath(middle - along / 2, Math.Clamp(NeedleWidth * along.Length(), 2, 6), colour);
        brush.Canvas.PathTo(middle + along / 2, 0.5f, colour);
        brush.Canvas.EndPath();
    }

    private static void Arrow(Brush brush, Vector2 middle, Vector2 along, Colour colour)
    {
        Vector2 from = middle - along / 2, to = middle + along / 2;
        Vector2 head = Vector2.Normalize(along) * MathF.Min(5, 0.45f * along.Length()), side = new Vector2(-head.Y, head.X) * 0.55f;
        brush.Canvas.Line(from, to, 1.2f, colour);
        brush.Canvas.BeginPath(to - head + side, 1.2f, colour);
        brush.Canvas.PathTo(to, 1.2f, colour);
        brush.Canvas.PathTo(to - head - side, 1.2f, colour);
        brush.Canvas.EndPath();
    }
}
