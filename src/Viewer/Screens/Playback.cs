namespace MamlRobotics.Viewer;

/// <summary>
/// The moment that is shown: one episode after the other, the prior's first, each from its start to the horizon.
/// Knows nothing of drawing.
/// </summary>
public sealed class Playback(int episodes, int horizon)
{
    public const double SlowestSpeed = 0.125, FastestSpeed = 8;

    private const double StepsPerSecond = 30;

    public int Episodes => episodes;
    public int Horizon => horizon;

    /// <summary>Steps from the start of the first episode.</summary>
    public double Position { get; private set; }

    public double Length => (double)episodes * horizon;

    public bool IsPlaying { get; set; } = true;

    /// <summary>A multiple of the usual speed.</summary>
    public double Speed
    {
        get;
        set => field = Math.Clamp(value, SlowestSpeed, FastestSpeed);
    } = 1;

    /// <summary>The gradient steps that the shown policy has taken.</summary>
    public int Episode => Math.Min((int)(Position / horizon), episodes - 1);

    /// <summary>Time within the episode, in steps.</summary>
    public double Time => Position - (double)Episode * horizon;

    public void Seek(double position) => Position = Math.Clamp(position, 0, Length);

    /// <summary>Lets time pass; stops at the end.</summary>
    public void Advance(double seconds)
    {
        if (!IsPlaying) return;
        Seek(Position + seconds * Speed * StepsPerSecond);
        if (Position >= Length) IsPlaying = false;
    }

    /// <summary>Starts or stops; at the end, starts again from the beginning.</summary>
    public void Toggle()
    {
        if (Position >= Length) Seek(0);
        IsPlaying = !IsPlaying;
    }

    /// <summary>Stops, and goes on or back by whole steps.</summary>
    public void Nudge(int steps)
    {
        IsPlaying = false;
        Seek(Math.Round(Position) + steps);
    }
}
