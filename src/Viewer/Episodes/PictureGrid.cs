using System.Numerics;
using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>Places the pictures of an episode: a row for each class, its support pictures first, then its query pictures.</summary>
internal sealed class PictureGrid
{
    private const int MostShots = 5, MostQueries = 10, MostColumns = 4;
    private const float Badge = 22, Divider = 16, ColumnGap = 18, RowGap = 7, LargestSide = 110, SmallestSide = 14;
    private const float Caption = 15, SideWithCaption = 32, Bars = 16, SideWithBars = 44, WideGap = 11, NarrowGap = 7;

    private readonly Rect area;
    private readonly int shots, queries, rows;
    private readonly float blockWidth, gap;
    private readonly (int Class, int Place)[] supportPlaces, queryPlaces;

    public PictureGrid(Rect area, Episode episode)
    {
        this.area = area;
        supportPlaces = Places(episode.Support);
        queryPlaces = Places(episode.Query);
        shots = Math.Min(MostShots, 1 + supportPlaces.Max(one => one.Place));
        queries = Math.Min(MostQueries, 1 + queryPlaces.Where(one => one.Class >= 0).Select(one => one.Place).DefaultIfEmpty(-1).Max());
        Classes = episode.Classes.Count + 1;
        (int Columns, float Side) best;
        do
        {
            Classes--;
            best = Enumerable.Range(1, MostColumns).Select(columns => (columns, SideOf(columns))).MaxBy(one => one.Item2);
        }
        while (best.Side < SmallestSide && Classes > 1);
        (Side, rows, blockWidth) = (best.Side, (Classes + best.Columns - 1) / best.Columns, BlockWidth(best.Columns));
        gap = GapOf(Side);
    }

    /// <summary>The width and the height of a picture.</summary>
    public float Side { get; }

    /// <summary>The number of classes that have room.</summary>
    public int Classes { get; }

    /// <summary>Whether there is room for a line below each query picture.</summary>
    public bool HasCaptions => area.Height / rows - RowGap - Side >= Caption - 0.5f;

    /// <summary>Whether there is room for bars below that.</summary>
    public bool HasBars => area.Height / rows - RowGap - Side >= Caption + Bars - 0.5f;

    /// <summary>The middle of a class's letter.</summary>
    public Vector2 LetterOf(int way) => new(Corner(way).X + Badge / 2 - 3, Corner(way).Y + Side / 2);

    /// <summary>The place of a support picture; null where it has no room.</summary>
    public Rect? Support(int picture) => PlaceOf(supportPlaces[picture], shots, 0);

    /// <summary>The place of a query picture; null where it has no room.</summary>
    public Rect? Query(int picture) => PlaceOf(queryPlaces[picture], queries, Divider + shots * (Side + gap));

    /// <summary>The line between the support and the query pictures of a class: its upper end.</summary>
    public Vector2 DividerOf(int way) => Corner(way) + new Vector2(Badge + shots * (Side + gap) + (Divider - gap) / 2, 0);

    /// <summary>The query picture at a point; null where there is none.</summary>
    public int? At(Vector2 point)
    {
        for (int query = 0; query < queryPlaces.Length; query++)
            if (Query(query) is { } place && place.Inset(-gap / 2).Contains(point)) return query;
        return null;
    }

    private static (int Class, int Place)[] Places(IReadOnlyList<EpisodePicture> pictures)
    {
        var counts = new Dictionary<int, int>();
        return [.. pictures.Select(picture =>
        {
            int way = picture.Class ?? -1;
            counts[way] = counts.GetValueOrDefault(way) + 1;
            return (way, counts[way] - 1);
        })];
    }

    private Rect? PlaceOf((int Class, int Place) one, int most, float before)
    {
        if (one.Class < 0 || one.Class >= Classes || one.Place >= most) return null;
        Vector2 corner = Corner(one.Class);
        return new Rect(corner.X + Badge + before + one.Place * (Side + gap), corner.Y, Side, Side);
    }

    private Vector2 Corner(int way) =>
        new(area.X + way / rows * (blockWidth + ColumnGap), area.Y + way % rows * (area.Height / rows));

    private float BlockWidth(int columns) => (area.Width - (columns - 1) * ColumnGap) / columns;

    private static float GapOf(float side) => side >= SideWithBars ? WideGap : NarrowGap;

    /// <summary>The side of pictures that stand in so many columns of classes.</summary>
    private float SideOf(int columns)
    {
        float height = area.Height / ((Classes + columns - 1) / columns) - RowGap, withCaption = height - Caption;
        float high = withCaption - Bars >= SideWithBars ? withCaption - Bars
            : withCaption >= SideWithCaption ? Math.Min(withCaption, SideWithBars - 1) : Math.Min(height, SideWithBars - 1);
        float widest = (BlockWidth(columns) - Badge - Divider) / (shots + queries);
        return Math.Min(Math.Min(high, widest - GapOf(high)), LargestSide);
    }
}
