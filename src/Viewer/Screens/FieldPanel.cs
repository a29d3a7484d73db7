using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The mean action before adaptation, in the prior's colour, and after the step that is shown, in that step's.</summary>
internal static class FieldPanel
{
    public static void Draw(Brush brush, Rect area, Replay replay, int episode)
    {
        ActionField field = replay.Field;
        Rect inside = brush.Panel(area, "Mean action", $"by {(replay.World.IsArm ? "joint angles" : "position")}");
        float size = MathF.Min(inside.Height - 16, inside.Width - 4);
        var square = new Rect(inside.X + (inside.Width - size) / 2, inside.Y + 2, size, size);
        brush.Canvas.Box(square, brush.Theme.Grid.Fade(0.6), 3);
        float cell = size / field.Cells, longest = field.Actions.Max(step => step.Max(action => action.Length()));
        Arrows(brush, square, field, 0, cell / longest, brush.Theme.Step(0, 1));
        if (episode > 0) Arrows(brush, square, field, episode, cell / longest, brush.Theme.Step(episode, replay.InnerSteps));
        if (!replay.World.IsArm && replay.World.Goal is { } goal) brush.Canvas.Disc(Place(square, field, goal), 4.5f, brush.Theme.Panel.Fade(0.6), 2, brush.Theme.Goal);
        string low = Brush.Number(field.Low.X, 1), high = Brush.Number(field.High.X, 1), unit = field.Axes.X.Unit;
        brush.Text(square.X, square.Bottom + 15, low, brush.Theme.Muted, 7.5f);
        brush.Text(square.Right, square.Bottom + 15, $"{high} {unit}", brush.Theme.Muted, 7.5f, align: 1);
    }

    private static Vector2 Place(Rect square, ActionField field, Vector2 at)
    {
        Vector2 share = (at - field.Low) / (field.High - field.Low);
        return new Vector2(square.X + share.X * square.Width, square.Bottom - share.Y * square.Height);
    }

    /// <summary>An arrow through the middle of every cell; where the policy does nothing there is a dot.</summary>
    private static void Arrows(Brush brush, Rect square, ActionField field, int step, float scale, Colour colour)
    {
        for (int cell = 0; cell < field.Cells * field.Cells; cell++)
        {
            Vector2 middle = Place(square, field, field.Middle(cell)), along = field.Actions[step][cell] * scale * new Vector2(1, -1);
            if (!(along.Length() > 1.5f))
            {
                brush.Canvas.Disc(middle, 1.1f, colour);
                continue;
            }
            Vector2 from = middle - along / 2, to = middle + along / 2, side = new Vector2(-along.Y, along.X) * 0.22f;
            brush.Canvas.Line(from, to, 1.2f, colour);
            brush.Canvas.BeginPath(to - along * 0.38f + side, 1.2f, colour);
            brush.Canvas.PathTo(to, 1.2f, colour);
            brush.Canvas.PathTo(to - along * 0.38f - side, 1.2f, colour);
            brush.Canvas.EndPath();
        }
    }
}
