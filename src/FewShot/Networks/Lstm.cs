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
        // libtorch takes one number at a time where columns of a narrow matrix are apart, so all of it goes through the sigmoid at once.
        Tensor[] open = gates.sigmoid().chunk(Gates, 1);
        Tensor next = (open[1] * cell).Plus(open[0] * gates.narrow(1, (Gates - 1) * cell.shape[1], cell.shape[1]).tanh());
        return (open[2] * next.tanh(), next);
    }

    /// <summary>Opens the forget gate in initial biases [4 H], so that a gradient goes back through time.</summary>
    public static void OpenForgetGate(Span<float> bias) => bias.Slice(bias.Length / Gates, bias.Length / Gates).Fill(1);
}
