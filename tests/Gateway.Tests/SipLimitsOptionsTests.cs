using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;
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
        Assert.Equal(new SipTransportOptions(), options.Bound(new SipTransportOptions()));
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
    public void A_limit_out_of_its_bounds_is_refused(string name, int value)
    {
        var options = new SipLimitsOptions();
        typeof(SipLimitsOptions).GetProperty(name)!.SetValue(options, value);

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
        await using var script = new SipScript(64, ("Sip:Limits:MaxTransactions", "100"));
        var alice = script.Registered("101");
        for (var i = script.Gateway.Layer.ServerTransactions; i < 100; i++)
        {
            alice.SendsRegister("", null);
            alice.Gets(200);
        }

        alice.SendsRegister("", null);

        Assert.NotEmpty(SipText.Header(alice.Gets(503), "Retry-After"));
    }
}
