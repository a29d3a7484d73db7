namespace MamlRobotics.Viewer.Tests;

/// <summary>Colours that mean something can be told from each other, and texts can be read.</summary>
public class ThemeTests
{
    public static TheoryData<string> Themes => [Theme.Dark.Name, Theme.Light.Name];

    [Theory, MemberData(nameof(Themes))]
    public void Texts_are_readable_and_all_that_is_drawn_is_seen(string name)
    {
        var theme = Theme.Of(name);
        foreach (Colour text in new[] { theme.Text, theme.Muted, theme.Untrained, theme.Goal })
            Assert.True(Colour.Contrast(text, theme.Panel) >= 4.5, $"{text}");
        foreach (Colour drawn in theme.Series.Concat(Ramp(theme))) Assert.True(Colour.Contrast(drawn, theme.Panel) >= 3, $"{drawn}");
    }

    [Theory, MemberData(nameof(Themes))]
    public void Steps_and_series_stay_apart_for_every_kind_of_colour_vision(string name)
    {
        var theme = Theme.Of(name);
        foreach (Vision vision in Vision.All)
        {
            AssertApart(vision, theme.StepRamp);
            AssertApart(vision, theme.Series);
        }
    }

    [Theory, MemberData(nameof(Themes))]
    public void The_goal_and_the_untrained_policy_stay_apart_from_each_other_and_from_every_step(string name)
    {
        var theme = Theme.Of(name);
        foreach (Vision vision in Vision.All)
        {
            AssertApart(vision, [theme.Goal, theme.Untrained]);
            foreach (Colour step in Ramp(theme))
            {
                AssertApart(vision, [theme.Goal, step]);
                AssertApart(vision, [theme.Untrained, step]);
            }
        }
    }

    /// <summary>Colours of any number of steps.</summary>
    private static IEnumerable<Colour> Ramp(Theme theme) => Enumerable.Range(0, 31).Select(step => theme.Step(step, 30));

    private static void AssertApart(Vision vision, IReadOnlyList<Colour> colours)
    {
        // About six times what is just noticeable.
        const double Apart = 14;
        for (int i = 0; i < colours.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double distance = vision.Distance(colours[i], colours[j]);
                Assert.True(distance > Apart, $"{vision.Name}: {colours[j]} and {colours[i]}, {distance:F1}");
            }
        }
    }
}
