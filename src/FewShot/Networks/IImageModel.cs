using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>A model that tells the classes of pictures.</summary>
public interface IImageModel : ITaskModel<ImageSamples>
{
    /// <summary>The layout of its parameters.</summary>
    ParameterLayout Layout { get; }

    /// <summary>Draws initial parameters. [P]</summary>
    float[] Initialise(RandomStream stream);

    /// <summary>The log-probability of every class. [N, M, ways]</summary>
    /// <param name="meta">[Q]</param>
    /// <param name="parameters">[N, P]</param>
    Tensor LogProbabilities(Tensor meta, Tensor parameters, ImageSamples samples);
}
