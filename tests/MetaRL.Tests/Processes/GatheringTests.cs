namespace MamlRobotics.MetaRL.Tests;

public sealed class GatheringTests
{
    [Theory]
    [InlineData(7, 3)]
    [InlineData(2, 5)]
    [InlineData(20, 16)]
    public void The_shares_are_all_items_in_order_and_differ_by_at_most_one(int items, int processes)
    {
        Share[] shares = ThreadGroup.Run(processes, group => Share.Of(items, group))[0];
        Assert.Equal(Enumerable.Range(0, items), shares.SelectMany(share => share.Items));
        Assert.Equal(processes, shares.Length);
        Assert.InRange(shares.Max(share => share.Count) - shares.Min(share => share.Count), 0, 1);
    }

    [Fact]
    public void Rows_come_in_the_order_of_the_processes_and_one_may_have_none()
    {
        float[][] all = ThreadGroup.Run(3, group =>
        {
            using DisposeScope scope = NewDisposeScope();
            float[] own = group.Rank == 0 ? [1, 2] : group.Rank == 1 ? [] : [3, 4, 5, 6];
            return group.Rows(own.CopyToTensor([own.Length / 2, 2]), [1, 0, 2]).data<float>().ToArray();
        });
        Assert.All(all, rows => Assert.Equal([1, 2, 3, 4, 5, 6], rows));
    }

    [Fact]
    public void Arrays_are_completed_with_the_items_of_the_others()
    {
        ThreadGroup.Run(2, group =>
        {
            Share[] shares = Share.Of(3, group);
            var pairs = new float[6];
            var numbers = new int[3];
            foreach (int item in shares[group.Rank].Items)
                (pairs[2 * item], pairs[2 * item + 1], numbers[item]) = (item, item + 0.5f, 10 * item);
            group.Arrays(shares, pairs, numbers);
            Assert.Equal([0, 0.5f, 1, 1.5f, 2, 2.5f], pairs);
            Assert.Equal([0, 10, 20], numbers);
            return true;
        });
    }

    [Fact]
    public void What_the_first_process_says_reaches_all()
    {
        byte[][] heard = ThreadGroup.Run(3, group => group.FromFirst(group.Rank == 0 ? [1, 2, 3] : []));
        Assert.All(heard, message => Assert.Equal([1, 2, 3], message));
    }
}
