using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>The network of a policy.</summary>
public enum PolicyNetwork
{
    /// <summary><see cref="GaussianMlp"/></summary>
    Mlp,

    /// <summary><see cref="GaussianGru"/></summary>
    Gru,

    /// <summary><see cref="GaussianConvolution"/></summary>
    Convolutional,
}
