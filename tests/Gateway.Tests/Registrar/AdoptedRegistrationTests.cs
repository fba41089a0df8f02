using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>What an earlier start of the node left is taken over (Connection-bound bindings die with their connection).</summary>
public sealed class AdoptedRegistrationTests : GatewayTest
{
    [Fact]
    public async Task A_UDP_phone_is_called_without_registering_again()
    {
        var bob = Script.Phone("102");
        Leave("102", Transport.Udp, connection: 0, bob.Address);
        var alice = Script.Registered("101");

        await Adopt();
        var call = alice.Invites("102");

        bob.GetsCall().Sends(486);
        call.GetsRefusal(486);
        Assert.Equal(2, Script.Count(Counter.ActiveRegistrations));
    }

    [Fact]
    public async Task A_phone_behind_a_connection_that_is_gone_is_off_line()
    {
        Leave("102", Transport.Tcp, connection: 7, "10.0.0.5");
        var alice = Script.Registered("101");

        await Adopt();

        Assert.Empty(Script.Grains.Extension(SipScript.Tenant, "102").Bindings);
        alice.Invites("102").GetsRefusal(480);
    }

    [Fact]
    public async Task A_phone_that_can_be_connected_to_is_called_by_a_new_connection()
    {
        var bob = Script.Phone("102", protocol: SipTransportProtocol.Tcp);
        Leave("102", Transport.Tcp, connection: 7, bob.Address);
        var alice = Script.Registered("101");

        await Adopt();
        var call = alice.Invites("102");

        bob.GetsCall().Sends(486);
        call.GetsRefusal(486);
    }

    [Fact]
    public async Task A_tenant_that_keeps_no_registrations_has_none()
    {
        Script.Registered("101");
        Script.Configure(s => s with { SaveRegistrations = false });
        Leave("102", Transport.Udp, connection: 0, "192.0.2.99");

        await Adopt();

        Assert.Equal(1, Script.Count(Counter.ActiveRegistrations));
    }

    /// <summary>A binding of the node's last start, whose phone sent from 192.0.2.x and says it is at a host.</summary>
    private void Leave(string username, Transport transport, long connection, string contactHost)
    {
        Script.AddExtension(username);
        var remote = contactHost.StartsWith("10.", StringComparison.Ordinal) ? "192.0.2.60" : contactHost;
        var flow = new FlowAddress(new FlowId("node-a", "0", connection), transport, remote, 5060, "198.51.100.1:5060");
        var uri = $"sip:{username}@{contactHost}:5060";
        var grain = Script.Grains.Extension(SipScript.Tenant, username);
        _ = grain.Register(new("c", 1, [new ContactWish(uri, TimeSpan.FromHours(1), 1000, null, null, uri)], false, [], flow, ""));
        Script.Stored.Aors.Add(new(SipScript.Tenant, username, [.. grain.Bindings]));
    }

    private async Task Adopt()
    {
        // The tenant is known, as after the start.
        _ = await Script.Context.Tenants.Load(SipScript.Tenant);
        await Script.Adopted.Load(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
