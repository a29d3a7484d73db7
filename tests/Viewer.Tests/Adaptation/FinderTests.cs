using System.Collections.Concurrent;
using MamlRobotics.Envs;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Viewer.Tests;

public class FinderTests
{
    private static readonly TaskFamily Family = TaskFamilies.ByName["maml-nav"];

    private readonly ConcurrentQueue<Exception> failures = new();
    private readonly ConcurrentQueue<(int Wish, double Found)> served = new();
    private volatile bool isSearching, mayEnd;

    [Fact]
    public void A_planner_that_fails_is_reported_and_the_next_wish_is_served()
    {
        using var finder = new ReferenceFinder(TimeSpan.Zero, failures.Enqueue);
        finder.Ask(Family with { OptimalControl = (task, start) => throw new ArithmeticException("no plan") }, Family.TestTasks, _ => { });
        Patience.Until(() => !failures.IsEmpty);
        Assert.Equal("no plan", failures.Single().Message);
        Ask(finder, 1);
        Patience.Until(() => !served.IsEmpty);
        Assert.Equal((1, Family.OptimalReturn(Family.TestTasks, 0)), served.Single());
    }

    [Fact]
    public void Of_the_wishes_that_come_during_a_search_the_last_is_served_unless_it_is_forgotten()
    {
        using var finder = new ReferenceFinder(TimeSpan.Zero, failures.Enqueue);
        DuringASearch(finder, () =>
        {
            for (int wish = 0; wish < 20; wish++) Ask(finder, wish);
        });
        Patience.Until(() => !served.IsEmpty);
        DuringASearch(finder, () =>
        {
            Ask(finder, 20);
            finder.Forget();
        });
        Ask(finder, 21);
        Patience.Until(() => served.Count >= 2);
        Assert.Equal([19, 21], served.Select(search => search.Wish));
        Assert.Empty(failures);
    }

    private void Ask(ReferenceFinder finder, int wish) =>
        finder.Ask(Family, Family.TestTasks, found => served.Enqueue((wish, found.Value)));

    private void DuringASearch(ReferenceFinder finder, Action act)
    {
        (isSearching, mayEnd) = (false, false);
        finder.Ask(Family, Family.TestTasks, _ =>
        {
            isSearching = true;
            Patience.Until(() => mayEnd);
        });
        Patience.Until(() => isSearching);
        act();
        mayEnd = true;
    }
}
