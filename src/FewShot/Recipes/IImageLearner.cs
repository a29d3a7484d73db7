namespace MamlRobotics.FewShot;

/// <summary>What a learner of few-shot classification asks of the classifier.</summary>
public interface IImageLearner
{
    /// <summary>How classes are told from features.</summary>
    IClassifierHead Head { get; }
}
