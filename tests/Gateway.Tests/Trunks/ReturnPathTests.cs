using System.Net;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>Where answers go when the way of their request is gone (RFC 3261 §18.2.2, RFC 3263 §5), and where they never go.</summary>
public sealed class ReturnPathTests : GatewayTest
{
    private const string Phone = "192.0.2.77";
    private const string Domain = "sip.telco.example";
    private Phone? _bob;

    [Fact]
    public void A_phone_is_answered_by_a_connection_to_the_port_of_its_sent_by()
    {
        var alice = TcpPhone($"{Phone}:5070");
        var anew = Listener(alice, $"{Phone}:5070");
        var (call, ringing) = Ringing(alice);

        Loses(alice);
        ringing.Answers();

        ringing.Gets("ACK");
        call.Takes(anew.Gets(200));
        anew.Sends(call.TextOf("BYE", anew));
        anew.Gets(200);
        ringing.GetsBye();
    }

    [Fact]
    public void Without_a_port_in_sent_by_it_is_the_default_of_the_transport()
    {
        var alice = TcpPhone("alice.example.com");
        var anew = Listener(alice, $"{Phone}:5060");
        var (_, ringing) = Ringing(alice);

        Loses(alice);
        ringing.Sends(486);

        anew.Gets(486);
    }

    [Fact]
    public async Task What_the_callee_sends_later_takes_the_new_connection_too()
    {
        var alice = TcpPhone($"{Phone}:5070");
        var anew = Listener(alice, $"{Phone}:5070");
        var (call, ringing) = Ringing(alice);
        Loses(alice);
        ringing.Answers();
        ringing.Gets("ACK");
        call.Takes(anew.Gets(200));
        anew.Sends(AckOf(call, anew));

        ringing.HangsUp();

        anew.Gets("BYE");
        await Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10));
        Assert.Contains(
            Script.Grains.Book.Calls[^1][^1].End!.Decisions,
            d => d.Text == $"The caller's connection was lost; it is reached by TCP {Phone}:5070.");
    }

    [Fact]
    public void A_CANCEL_by_a_new_connection_of_the_phone_ends_the_call()
    {
        // RFC 3261 §17.2.3
        var alice = TcpPhone($"{Phone}:5070");
        var anew = Listener(alice, $"{Phone}:5070");
        var (call, ringing) = Ringing(alice);
        Loses(alice);

        anew.SentBy = alice.SentBy;
        anew.Sends(call.TextOfCancel());

        anew.Gets(200);
        anew.Gets(487);
        ringing.Gets("CANCEL");
    }

    [Fact]
    public void A_phone_that_takes_no_connection_is_gone_with_its_call()
    {
        var alice = TcpPhone($"{Phone}:5070");
        var (_, ringing) = Ringing(alice);

        Loses(alice);

        ringing.Gets("CANCEL");
        Assert.Contains(IPEndPoint.Parse($"{Phone}:5070"), Script.Flows.Asked);
    }

    /// <summary>The port that a phone behind a NAT names is somebody else's there.</summary>
    [Fact]
    public void A_phone_behind_a_NAT_is_not_connected_to()
    {
        var alice = TcpPhone("10.0.0.7:5070");
        var (_, ringing) = Ringing(alice);

        Loses(alice);

        ringing.Gets("CANCEL");
        Assert.DoesNotContain(Script.Flows.Asked, a => a.Port == 5070);
    }

    [Theory]
    [InlineData(SipTransportProtocol.Ws)]
    [InlineData(SipTransportProtocol.Wss)]
    public void A_browser_is_not_connected_to(SipTransportProtocol protocol)
    {
        // RFC 7118 §5
        var alice = Script.Phone("101", remote: $"{Phone}:40000", protocol: protocol).Registers();
        var (_, ringing) = Ringing(alice);
        Script.Flows.Asked.Clear();

        Loses(alice);

        ringing.Gets("CANCEL");
        Assert.Empty(Script.Flows.Asked);
    }

    [Fact]
    public void A_stranger_has_us_connect_nowhere()
    {
        var mallory = Script.Stranger("666", remote: $"{Phone}:40000", protocol: SipTransportProtocol.Tcp);
        mallory.SentBy = "internal.example:6379";
        Script.Names.Names["internal.example"] = IPAddress.Parse("10.0.0.9");

        mallory.Invites("102");
        mallory.Flow.Inbox.Clear();
        mallory.Invites("102");
        Loses(mallory);

        Assert.Empty(Script.Flows.Asked);
    }

    /// <summary>A phone may name any host: what it names is looked at for its port only.</summary>
    [Fact]
    public void A_name_in_a_phones_sent_by_is_not_resolved()
    {
        var alice = TcpPhone("internal.example:6379");
        Script.Names.Names["internal.example"] = IPAddress.Parse("10.0.0.9");
        var (_, ringing) = Ringing(alice);

        Loses(alice);

        ringing.Gets("CANCEL");
        Assert.DoesNotContain(Script.Flows.Asked, a => a.Address.ToString() == "10.0.0.9");
    }

    [Fact]
    public async Task A_destination_is_answered_at_its_other_server_when_the_first_is_gone()
    {
        var (first, second) = await Servers(SipTransportProtocol.Tcp);
        var (_, ringing) = Ringing(first);
        first.Flow.IsBroken = true;

        Loses(first);
        ringing.Sends(486);

        second.Gets(486);
    }

    [Fact]
    public async Task A_destination_by_UDP_is_answered_at_its_other_server_when_the_first_sends_datagrams_back()
    {
        var (first, second) = await Servers(SipTransportProtocol.Udp);
        var (_, ringing) = Ringing(first);
        ringing.Sends(486);
        first.Ignores();

        Script.Receiver.OnUnreachable(first.Flow);
        Script.Passes(0.3);

        second.Gets(486);
    }

    /// <summary>Whoever can send as a destination by UDP, or is one, shall not learn answers elsewhere, nor have us connect to third parties.</summary>
    [Theory]
    [InlineData(SipTransportProtocol.Udp)]
    [InlineData(SipTransportProtocol.Tcp)]
    public async Task A_name_that_leads_to_none_of_the_destinations_servers_is_not_followed(SipTransportProtocol protocol)
    {
        var (first, second) = await Servers(protocol);
        first.SentBy = "elsewhere.example";
        var third = Script.Stranger("third", remote: "203.0.113.9:5060", protocol: protocol);
        Script.Names.Domains["elsewhere.example"] = [new SipTarget(protocol, third.Flow.Remote)];
        var (_, ringing) = Ringing(first);
        ringing.Sends(486);
        first.Flow.IsBroken = protocol == SipTransportProtocol.Tcp;

        Script.Receiver.OnUnreachable(first.Flow);
        Loses(first);
        Script.Passes(0.3);

        third.GetsNothing();
        second.GetsNothing();
        Assert.DoesNotContain(third.Flow.Remote, Script.Flows.Asked);
    }

    /// <summary>A phone on TCP that is registered, and not asked for any more.</summary>
    private Phone TcpPhone(string sentBy)
    {
        var alice = Script.Phone("101", remote: $"{Phone}:40000", protocol: SipTransportProtocol.Tcp);
        alice.SentBy = sentBy;
        alice.Registers(contact: $"<sip:101@{Phone}:40000;transport=tcp>");
        Script.Flows.Asked.Clear();
        return alice;
    }

    /// <summary>Where the phone takes connections.</summary>
    private Phone Listener(Phone alice, string address) =>
        Script.Stranger(alice.User, remote: address, protocol: SipTransportProtocol.Tcp);

    private (PhoneCall Caller, PhoneCall Callee) Ringing(Phone caller)
    {
        var bob = _bob ??= Script.Registered("102");
        var call = caller.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);
        return (call, ringing);
    }

    private void Loses(Phone phone)
    {
        if (!phone.Flow.IsReliable)
            return;

        phone.Flow.IsBroken = true;
        Script.Receiver.OnClosed(phone.Flow);
        Script.Settle();
    }

    private static string AckOf(PhoneCall call, Phone sender) =>
        call.TextOf("ACK", sender).Replace("CSeq: 2 ACK", "CSeq: 1 ACK", StringComparison.Ordinal);

    private async Task<(Phone First, Phone Second)> Servers(SipTransportProtocol protocol)
    {
        _bob = Script.Registered("102");
        var first = Script.Stranger("first", protocol: protocol);
        var second = Script.Stranger("second", protocol: protocol);
        first.SentBy = Domain;
        Script.Names.Domains[Domain] = [.. new[] { first, second }.Select(p => new SipTarget(protocol, p.Flow.Remote))];
        var tenant = Script.Grains.Tenant(SipScript.Tenant);
        var transport = protocol == SipTransportProtocol.Udp ? Transport.Udp : Transport.Tcp;
        tenant.Destinations.Add(new(new Destination { Name = "telco", Gateway = Domain, Port = 0, Transport = transport }, null));
        Script.Tell(tenant.News());
        await Script.Addresses.Refresh(Script.Context.Tenants.All, CancellationToken.None);
        return (first, second);
    }
}
