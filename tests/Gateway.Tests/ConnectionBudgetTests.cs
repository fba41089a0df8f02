namespace TekSipCloud.Gateway.Tests;

/// <summary>SIP connections are open files of the process, beside media ports and all else.</summary>
public sealed class ConnectionBudgetTests
{
    private static readonly SipLimitsOptions Default = new();

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1_048_576)]
    public void With_a_limit_high_enough_there_may_be_as_many_as_configured(long files)
    {
        var budget = Budget(files);

        Assert.Equal((20_000, 500, 25_000), (budget.Sip, budget.SipPerAddress, budget.All));
        Assert.Null(budget.Shortage);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(256)]
    [InlineData(1_024)]
    [InlineData(4_096)]
    [InlineData(20_000)]
    [InlineData(30_000)]
    public void Connections_are_never_more_than_what_media_ports_and_a_reserve_leave(long files)
    {
        var ports = files / 2;
        var budget = new ConnectionBudget(Default, files, ports, neededByPorts: 20_000);

        Assert.InRange(budget.Sip, 1, budget.All);
        Assert.InRange(budget.All, 1, files - ports - Math.Min(1_024, (files - ports) / 4 * 3));
        Assert.InRange(budget.Accepted - budget.All, 1, 64);
        Assert.InRange(budget.Accepted, 1, files - ports - 4);
        Assert.InRange(budget.SipPerAddress, 1, Math.Max(1, budget.Sip / 2));
    }

    [Fact]
    public void Some_of_few_connections_are_left_to_those_who_would_mend_it()
    {
        var budget = Budget(20_000);

        Assert.Equal((8_976, 6_732), (budget.All, budget.Sip));
    }

    [Fact]
    public void A_shortage_says_how_many_there_may_be_and_what_all_would_need()
    {
        Assert.Equal(
            "There can't be 20000 SIP connections: the process may have 20000 files open, and media ports and all else need some of them. They are enough "
            + "for 6732; the limit of open files (ulimit -n, LimitNOFILE) must be 36024 for all.",
            Budget(20_000).Shortage);
        Assert.Null(Budget(36_024).Shortage);
    }

    [Fact]
    public void What_is_configured_lower_than_the_limit_allows_stays_as_it_is()
    {
        var budget = new ConnectionBudget(new() { MaxConnections = 600, MaxConnectionsPerAddress = 600 }, 20_000, 10_000, 10_000);

        Assert.Equal((600, 600), (budget.Sip, budget.SipPerAddress));
        Assert.Null(budget.Shortage);
    }

    /// <summary>Beside the default range of media ports, which take at most half.</summary>
    private static ConnectionBudget Budget(long files) => new(Default, files, Math.Min(10_000, files / 2), 10_000);
}
