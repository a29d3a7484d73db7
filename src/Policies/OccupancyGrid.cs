namespace MamlRobotics.Policies;

/// <summary>
/// A picture of a point in the plane: each cell of a square grid holds the share of the point that is in it. A point between the
/// middles of cells is shared between them, so the picture tells its position exactly.
/// </summary>
public static class OccupancyGrid
{
    /// <summary>Draws points. Points outside of the grid are drawn at its edge.</summary>
    /// <param name="positions">[N, M, 2]</param>
    /// <param name="cells">The number of cells on each side</param>
    /// <param name="halfWidth">The grid reaches from minus to plus this</param>
    /// <returns>[N, M, cells (y), cells (x)]; each picture sums to one</returns>
    public static Tensor Draw(Tensor positions, int cells, double halfWidth)
    {
        // In units of cells, the middle of the first cell is at zero.
        Tensor place = (positions * Number(cells / (2 * halfWidth))).Plus((cells - 1) / 2.0).clamp(Number(0.0), Number(cells - 1.0));
        Tensor middles = Indices(cells, positions.dtype, positions.device);
        Tensor shares = (-(place.unsqueeze(3) - middles).abs()).Plus(1.0).clamp_min(Number(0));
        return shares.select(2, 1).unsqueeze(3) * shares.select(2, 0).unsqueeze(2);
    }
}
