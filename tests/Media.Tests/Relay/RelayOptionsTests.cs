using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>What an operator may configure.</summary>
public sealed class RelayOptionsTests
{
    [Fact]
    public void A_relay_is_made_from_configuration()
    {
        using var services = Services(("BindAddress", "127.0.0.1"), ("FirstPort", "11000"), ("LastPort", "11099"));

        Assert.Equal(50, services.GetRequiredService<MediaRelay>().CountPorts(AddressFamily.InterNetwork).Total);
    }

    [Fact]
    public void The_range_is_the_documented_one_unless_configured()
    {
        using var services = Services();

        Assert.Equal(5000, services.GetRequiredService<MediaRelay>().CountPorts(AddressFamily.InterNetwork).Total);
    }

    [Theory]
    [InlineData("BindAddress", "localhost")]
    [InlineData("BindAddress", "::1")]
    [InlineData("BindAddress", "")]
    [InlineData("ExternalAddress", "sip.example.com")]
    [InlineData("FirstPort", "30000")]
    [InlineData("FirstPort", "80")]
    [InlineData("LastPort", "65536")]
    [InlineData("Loops", "-1")]
    [InlineData("StockPairs", "-1")]
    [InlineData("PortQuarantine", "-00:00:01")]
    public void What_no_relay_could_run_with_is_refused(string name, string value)
    {
        using var services = Services((name, value));

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<RelayOptions>>().Value);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        using var services = Services(("BindAddress", "x"), ("Loops", "-1"));
        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<RelayOptions>>().Value);

        Assert.Equal(2, refusal.Failures.Count());
    }

    private static ServiceProvider Services(params (string Name, string Value)[] settings) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>($"Media:{s.Name}", s.Value)))
                .Build())
            .AddLogging()
            .AddMetrics()
            .AddMediaRelay()
            .BuildServiceProvider();
}
