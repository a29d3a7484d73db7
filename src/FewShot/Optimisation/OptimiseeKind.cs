namespace MamlRobotics.FewShot;

/// <summary>What a learned optimiser minimises.</summary>
public enum OptimiseeKind
{
    /// <summary>Quadratics with random coefficients.</summary>
    Quadratics,

    /// <summary>The cross-entropies of small networks that classify pictures.</summary>
    Digits,
}
