using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests;

/// <summary>What a peer may send and hold is configured under <c>Sip:Limits</c>.</summary>
public sealed class SipLimitsOptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_library()
    {
        var options = new SipLimitsOptions();

        Assert.Equal(SipLimits.Default, options.ToMessageLimits());
        Assert.Equal(new SipTransportOptions(), options.Bound(new ConnectionBudget(options, long.MaxValue, 0, 0), new SipTransportOptions()));
        Assert.Equal(new TransactionBounds(), options.ToTransactionBounds());
    }

    [Fact]
    public void Every_limit_of_the_parser_can_be_configured()
    {
        var names = typeof(SipLimits).GetProperties().Where(p => p.PropertyType == typeof(int)).Select(p => p.Name).ToArray();
        var values = names.ToDictionary(name => $"Sip:Limits:{name}", _ => (string?)"2000");
        var options = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(SipLimitsOptions.Section).Get<SipLimitsOptions>()!;

        var limits = options.ToMessageLimits();

        Assert.All(names, name => Assert.Equal(2000, typeof(SipLimits).GetProperty(name)!.GetValue(limits)));
    }

    [Theory]
    [InlineData(nameof(SipLimitsOptions.MaxMessageBytes), 100)]
    [InlineData(nameof(SipLimitsOptions.MaxHeaderLines), 0)]
    [InlineData(nameof(SipLimitsOptions.MaxConnections), 400)]
    [InlineData(nameof(SipLimitsOptions.MaxReads), 100)]
    [InlineData(nameof(SipLimitsOptions.MaxTransactions), -1)]
    [InlineData(nameof(SipLimitsOptions.MaxFinishedBytes), 1_000)]
    public void A_limit_out_of_its_bounds_is_refused(string name, int value)
    {
        var options = new SipLimitsOptions();
        var limit = typeof(SipLimitsOptions).GetProperty(name)!;
        limit.SetValue(options, Convert.ChangeType(value, limit.PropertyType, CultureInfo.InvariantCulture));

        Assert.False(Validator.TryValidateObject(options, new ValidationContext(options), [], validateAllProperties: true));
    }

    [Fact]
    public async Task A_configured_limit_is_the_parsers()
    {
        await using var script = new SipScript(64, ("Sip:Limits:MaxHeaderLines", "16"));

        Assert.Equal(16, script.Limits.MaxHeaderLines);
    }

    [Fact]
    public async Task Transactions_beyond_their_limit_are_answered_503()
    {
        await using var script = new SipScript(512, ("Sip:Limits:MaxTransactions", "100"));
        var alice = script.Registered("101");
        var before = script.Gateway.Layer.ServerTransactions;
        for (var i = 0; i < 100; i++)
            alice.Invites("999").Gets(404);

        // Refusals without an ACK: their transactions wait for it.
        Assert.Equal(100, script.Gateway.Layer.ServerTransactions - before);
        alice.SendsRegister("", null);

        Assert.NotEmpty(SipText.Header(alice.Gets(503), "Retry-After"));
    }

    [Fact]
    public async Task Transactions_that_are_over_make_room_for_those_that_begin()
    {
        await using var script = new SipScript(64, ("Sip:Limits:MaxTransactions", "100"), ("Sip:Limits:MaxFinishedBytes", $"{1 << 20}"));
        var alice = script.Registered("101");
        for (var i = 0; script.Gateway.Layer.Forgotten == 0 && i < 5_000; i++)
        {
            alice.SendsRegister("", null);
            alice.Gets(200);
        }

        Assert.NotEqual(0, script.Gateway.Layer.Forgotten);
        Assert.InRange(script.Gateway.Layer.FinishedBytes, 1 << 19, 1 << 20);
    }
}
