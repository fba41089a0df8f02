using System.Net;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Gateway.Trunks;
using TekSipCloud.Sip.Tls;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>A carrier whose certificate was refused is told of in the event log of whoever has it as a destination.</summary>
public sealed class ServerRefusalsTests : GatewayTest
{
    private static readonly SipTarget Telco = new(
        SipTransportProtocol.Tls, IPEndPoint.Parse("192.0.2.99:5061"), "sip.telco.example", ServerTrust.System);

    [Fact]
    public void Its_destination_and_the_reason_are_told_once_in_ten_minutes()
    {
        Script.Carrier("telco", d => d with { Gateway = "sip.telco.example", Transport = Transport.Tls });
        Script.Registered("101");
        var refusals = Refusals();

        for (var i = 0; i < 100; i++)
            refusals.Add(Telco, "It expired.");
        Assert.Equal(["No TLS with destination telco at 192.0.2.99:5061: It expired."], Told());

        Script.Clock.Advance(TimeSpan.FromMinutes(11));
        refusals.Add(Telco, "It expired.");
        Assert.Equal(2, Told().Length);
    }

    [Fact]
    public void Others_destinations_are_not_told_of()
    {
        Script.Carrier("udp", d => d with { Gateway = "sip.telco.example" });
        Script.Carrier("other", d => d with { Gateway = "sip.other.example", Transport = Transport.Tls });
        Script.Carrier("own-authority", d => d with { Gateway = "sip.telco.example", Transport = Transport.Tls, TlsAuthorities = "PEM" });

        Script.Registered("101");
        Refusals().Add(Telco, "It expired.");

        Assert.Empty(Told());
    }

    private string[] Told() => [.. Script.Events.Messages.Where(message => message.StartsWith("No TLS", StringComparison.Ordinal))];

    private ServerRefusals Refusals() => new(Script.Context.Tenants, Script.Context.Events, Script.Clock);
}
