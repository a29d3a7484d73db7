using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Shows the mean return of every task after each gradient step, the best task first.</summary>
internal static class TaskPanel
{
    public static void Draw(Brush brush, Rect area, Population population)
    {
        brush.Panel(area, "Return by task", "sorted by the last step");
        Rect inside = area.Inset(56, 44, 18, 16);
        double[][] returns = [.. population.Steps.Select(step => step.Returns.Values.ToArray())];
        int[] order = [.. Enumerable.Range(0, returns[0].Length).OrderByDescending(task => returns[^1][task])];
        var axis = new ReturnAxis(ReturnRange.None.With(returns.SelectMany(step => step)).Widened(0.05), inside.Y, inside.Bottom);
        axis.Draw(brush, inside.X, inside.Right, 6);
        float radius = Math.Clamp(inside.Width / order.Length * 0.35f, 1.2f, 4);
        for (int i = 0; i < order.Length; i++)
        {
            float x = inside.X + inside.Width * (i + 0.5f) / order.Length;
            brush.Canvas.Line(new(x, axis.Y(returns[0][order[i]])), new(x, axis.Y(returns[^1][order[i]])), 1, brush.Theme.Edge);
            for (int step = 0; step < returns.Length; step++)
                brush.Canvas.Disc(new Vector2(x, axis.Y(returns[step][order[i]])), radius, brush.Theme.Step(step, population.InnerSteps));
        }
    }
}
