namespace MamlRobotics.Envs;

/// <summary>What is known of the best possible return.</summary>
public enum ReturnKind
{
    /// <summary>The return of optimal control, in closed form.</summary>
    Optimal,

    /// <summary>The best that a planner with full knowledge has found, or that a policy has reached: a bound from below.</summary>
    BestKnown,
}

/// <summary>A return to measure others against.</summary>
public readonly record struct ReferenceReturn(double Value, ReturnKind Kind)
{
    /// <summary>With a return that was reached: what is best known is never below it, so that no regret is negative.</summary>
    public ReferenceReturn AtLeast(double reached) => Kind == ReturnKind.BestKnown && Value < reached ? this with { Value = reached } : this;
}
