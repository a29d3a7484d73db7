namespace MamlRobotics.FewShot;

/// <summary>The cell of an LSTM. Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins 2000.</summary>
internal static class Lstm
{
    /// <summary>The input gate, the forget gate, the output gate and the candidate, each as wide as the cell.</summary>
    public const int Gates = 4;

    /// <summary>One time step.</summary>
    /// <param name="gates">What inputs and state give to the gates. [rows, 4 H]</param>
    /// <param name="cell">[rows, H]</param>
    public static (Tensor Hidden, Tensor Cell) Next(Tensor gates, Tensor cell)
    {
        Tensor[] parts = gates.chunk(Gates, 1);
        Tensor next = (parts[1].sigmoid() * cell).Plus(parts[0].sigmoid() * parts[3].tanh());
        return (parts[2].sigmoid() * next.tanh(), next);
    }

    /// <summary>Opens the forget gate in initial biases [4 H], so that a gradient goes back through time.</summary>
    public static void OpenForgetGate(Span<float> bias) => bias.Slice(bias.Length / Gates, bias.Length / Gates).Fill(1);
}
