namespace MamlRobotics.MetaLearning;

/// <summary>
/// A learner: a composition of parts, with its options. A recipe is one file, named after its paper and registered by a
/// <see cref="ChoiceAttribute"/>; commands, configurations and pictures find it there.
/// </summary>
public abstract record Recipe
{
    /// <summary>The meta-optimiser and its options where a configuration names none.</summary>
    public abstract OptimiserOptions DefaultOptimiser { get; }

    /// <summary>
    /// C, context parameters that the model must have as a block of its layout (<see cref="Policies.ParameterLayout.Context"/>); zero
    /// for none.
    /// </summary>
    public virtual int ContextSize => 0;

    /// <summary>Puts the parts together.</summary>
    public abstract Composition Compose(RecipeSetting setting);

    /// <summary>What is wrong with the options, as a sentence for users; null where nothing is.</summary>
    public virtual string? Fault(int innerSteps) => null;

    /// <summary>Why a run of another number of iterations would differ from its first iteration on; null where it would not.</summary>
    public virtual string? DependsOnIterations => null;

    /// <summary>Whether it learns from such data.</summary>
    public virtual bool Suits(Type samples) => true;
}
