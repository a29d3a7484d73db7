namespace MamlRobotics.FewShot;

/// <summary>What a learned optimiser sees of the gradients of a coordinate.</summary>
public enum OptimiserInput
{
    /// <summary>The logarithm of the gradient's size, and its sign. Andrychowicz et al. 2016, appendix A, arXiv 1606.04474.</summary>
    Logarithm,

    /// <summary>
    /// The gradient and a running mean of gradients, both divided by the root of a running mean of their squares, so that the scale of
    /// the function changes nothing (Lv, Jiang and Li 2017, section 4.2, arXiv 1703.03633), and the share of the steps that are made
    /// (Metz et al. 2022, arXiv 2211.09760).
    /// </summary>
    Moments,
}
