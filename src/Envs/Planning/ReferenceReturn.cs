namespace MamlRobotics.Envs;

/// <summary>How a reference return is known.</summary>
public enum ReturnKind
{
    /// <summary>The return of optimal control, in closed form.</summary>
    Optimal,

    /// <summary>The best return that a planner with full knowledge found, or that a policy reached. The optimum may be higher.</summary>
    BestKnown,
}

/// <summary>A return that policies are measured against.</summary>
public readonly record struct ReferenceReturn(double Value, ReturnKind Kind)
{
    /// <summary>The reference after a return was reached. A best known return is never below it, so that no regret is negative.</summary>
    public ReferenceReturn AtLeast(double reached) =>
        Kind == ReturnKind.BestKnown && Value < reached ? this with { Value = reached } : this;
}
