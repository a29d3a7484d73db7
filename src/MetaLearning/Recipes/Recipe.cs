namespace MamlRobotics.MetaLearning;

/// <summary>
/// A learner as a composition of parts, with its options. A recipe is one file, named after its paper and registered by a
/// <see cref="ChoiceAttribute"/>, by which commands, configurations and pictures find it.
/// </summary>
public abstract record Recipe
{
    /// <summary>The meta-optimiser and its options where a configuration does not name a meta-optimiser.</summary>
    public abstract OptimiserOptions DefaultOptimiser { get; }

    /// <summary>
    /// C, the number of context parameters that the model must have as a block of its layout
    /// (<see cref="Policies.ParameterLayout.Context"/>); zero where it needs none.
    /// </summary>
    public virtual int ContextSize => 0;

    /// <summary>What users read for one step of its adaptation; an "s" makes the plural.</summary>
    public virtual string StepName => "gradient step";

    /// <summary>Composes the learner for a model.</summary>
    public abstract Composition Compose(RecipeSetting setting);

    /// <summary>A sentence for users that says what is wrong with the options; null where nothing is wrong.</summary>
    public virtual string? Fault(int innerSteps) => null;

    /// <summary>
    /// The reason why a run with another number of iterations would differ from the first iteration on; null where it would not.
    /// </summary>
    public virtual string? DependsOnIterations => null;

    /// <summary>Whether this learner can learn from samples of that type.</summary>
    public virtual bool Suits(Type samples) => true;
}
