namespace MamlRobotics.Envs;

/// <summary>What is known of the best possible return.</summary>
public enum ReturnKind
{
    /// <summary>The return of optimal control, in closed form.</summary>
    Optimal,

    /// <summary>The best that a planner with full knowledge has found: a bound from below, so that a regret to it may be negative.</summary>
    BestKnown,
}

/// <summary>A return to measure others against.</summary>
public readonly record struct ReferenceReturn(double Value, ReturnKind Kind);
