namespace MamlRobotics.Viewer;

/// <summary>How far each gradient step moved each layer's parameters, relative to their length.</summary>
internal static class ChangePanel
{
    public static void Draw(Brush brush, Rect area, Replay replay)
    {
        Rect inside = brush.Panel(area, "Parameter change ‖Δθ‖ / ‖θ‖", "per gradient step");
        int[] layers = [.. Enumerable.Range(0, replay.Layers.Count).Where(layer => replay.Steps.Skip(1).All(step => double.IsFinite(step.ParameterChange[layer])))];
        if (replay.InnerSteps == 0 || layers.Length == 0)
        {
            brush.Text(inside.Centre.X, inside.Centre.Y, "no gradient step", brush.Theme.Muted, align: 0.5f);
            return;
        }
        double most = replay.Steps.Skip(1).Max(step => layers.Max(layer => step.ParameterChange[layer]));
        float row = inside.Height / layers.Length, name = 92, number = 48, bar = Math.Clamp((row - 3) / replay.InnerSteps, 0.6f, 5);
        float cap = Math.Clamp(row - 5, 5, 8);
        for (int i = 0; i < layers.Length; i++)
        {
            float middle = inside.Y + (i + 0.5f) * row;
            brush.Text(inside.X + name - 10, middle + cap / 2, replay.Layers[layers[i]], brush.Theme.Muted, cap, align: 1);
            var track = new Rect(inside.X + name, middle - bar * replay.InnerSteps / 2, inside.Width - name - number, bar * replay.InnerSteps);
            brush.Canvas.Box(track, brush.Theme.Grid.Fade(0.6), 1.5f);
            for (int step = 1; step <= replay.InnerSteps; step++)
            {
                double change = replay.Steps[step].ParameterChange[layers[i]];
                var area1 = new Rect(track.X, track.Y + (step - 1) * bar, Math.Max(1, (float)(change / most) * track.Width), Math.Max(bar - 0.6f, 0.6f));
                brush.Canvas.Box(area1, brush.Theme.Step(step, replay.InnerSteps), 1);
            }
            double largest = replay.Steps.Skip(1).Max(step => step.ParameterChange[layers[i]]);
            brush.Text(inside.Right, middle + cap / 2, $"{Brush.Number(100 * largest, largest < 0.1 ? 1 : 0)} %", brush.Theme.Text, cap, align: 1);
        }
    }
}
