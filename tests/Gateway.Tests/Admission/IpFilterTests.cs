using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Messages;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>The manual, Settings / IP Filters, as the gateway enforces them.</summary>
public sealed class IpFilterTests : StandaloneTest
{
    private const string Network = "192.0.2.0/24";

    public static TheoryData<SipTransportProtocol> Transports =>
        [SipTransportProtocol.Udp, SipTransportProtocol.Tcp, SipTransportProtocol.Tls, SipTransportProtocol.Ws, SipTransportProtocol.Wss];

    [Theory]
    [MemberData(nameof(Transports))]
    public void What_is_dropped_gets_no_answer_whatever_it_asks(SipTransportProtocol protocol)
    {
        Script.Phone("102").IsChallenged();
        Filter(Network, IpFilterAction.Drop);
        var phone = Script.Phone("101", protocol: protocol);

        phone.SendsRegister();
        phone.Invites("102");
        phone.Sends(Text(phone, "MESSAGE", "sip:102@example.com", "hello"));
        phone.Sends(Text(phone, "OPTIONS", "sip:example.com", null));
        phone.Sends(Text(phone, "OPTIONS", "sip:102@example.com", null));
        phone.Sends(Text(phone, "CANCEL", "sip:102@example.com", null));
        phone.Sends(Text(phone, "BYE", "sip:102@example.com", null, "To: <sip:102@example.com>;tag=guessed"));
        phone.Sends(Text(phone, "SUBSCRIBE", "sip:102@example.com", null));

        phone.GetsNothing();
        Assert.Equal(8, Script.Context.Filters.Dropped);
        Assert.True(phone.Flow.IsOpen);
    }

    [Fact]
    public void A_malformed_request_of_whom_is_dropped_gets_no_answer_either()
    {
        Script.Phone("102").IsChallenged();
        Filter(Network, IpFilterAction.Drop);
        var phone = Script.Phone("101");

        phone.Sends(Text(phone, "INVITE", "sip:102@example.com", null, "CSeq: x INVITE"));

        phone.GetsNothing();
    }

    [Fact]
    public void What_is_dropped_spends_nothing_counts_for_nobody_and_leaves_no_state()
    {
        Script.Phone("102").IsChallenged();
        Filter(Network, IpFilterAction.Drop);
        var counted = Script.Count(Counter.RequestsReceived);
        var phone = Script.Phone("101");

        for (var i = 0; i < 5000; i++)
            phone.SendsRegister();
        Unfilter();
        phone.SendsRegister();

        // A stranger's burst is 4,000 answers.
        phone.Gets(401);
        Assert.Equal(counted + 1, Script.Count(Counter.RequestsReceived));
        Assert.Equal(0, Script.Context.Sources.Unanswered);
    }

    [Fact]
    public void Under_overload_the_refusal_is_left_out_as_well()
    {
        Script.Phone("102").IsChallenged();
        Filter(Network, IpFilterAction.Drop);
        var phone = Script.Phone("101");

        Assert.True(UnreadRequest.TryFind(SipText.Bytes(Plain(phone)), out var unread));
        Assert.True(Script.Context.Filters.Drops(phone.Flow, unread));
        Assert.Equal("sip:example.com"u8, unread.RequestUri);
    }

    [Fact]
    public void A_change_counts_from_the_next_request_and_for_who_is_registered()
    {
        var alice = Script.Registered("101");
        Filter(Network, IpFilterAction.Drop);
        alice.SendsRegister();
        alice.GetsNothing();

        Unfilter();
        alice.SendsRegister();

        alice.Gets(200);
    }

    [Fact]
    public void A_call_under_way_goes_to_its_end()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var (call, callee) = Answered(alice, bob);

        Filter(Network, IpFilterAction.Drop);

        Ends(call, callee);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void Another_tenants_filter_concerns_nobody_else(SipTransportProtocol protocol)
    {
        var other = new TenantId("other");
        Script.AddTenant(other, "other.example");
        Script.Phone("101", other).IsChallenged();
        Filter(Network, IpFilterAction.Drop, other);

        Script.Phone("101", protocol: protocol).Registers();
        var dropped = Script.Phone("101", other, protocol: protocol);
        dropped.SendsRegister();

        dropped.GetsNothing();
    }

    [Theory]
    [InlineData(IpFilterAction.Bypass)]
    [InlineData(IpFilterAction.Trust)]
    public void Who_is_let_in_without_authentication_registers_calls_and_writes(IpFilterAction action)
    {
        Filter(Network, action);
        var (alice, bob) = (Trusted("101"), Trusted("102"));

        var (call, callee) = Answered(alice, bob);
        Assert.Contains($"None: its From names 101, and the IP filter of {Network} says {action}.", Decisions(), StringComparison.Ordinal);
        Ends(call, callee);
        alice.Sends(Text(alice, "MESSAGE", "sip:102@example.com", "hello"));
        Answers(bob, bob.Gets("MESSAGE"), 200);

        alice.Gets(200);
    }

    [Theory]
    [InlineData(SipTransportProtocol.Tcp)]
    [InlineData(SipTransportProtocol.Tls)]
    public void It_is_let_in_by_connections_too(SipTransportProtocol protocol)
    {
        Filter(Network, IpFilterAction.Bypass);
        var phone = Script.Phone("101", protocol: protocol);

        phone.SendsRegister();

        phone.Gets(200);
    }

    [Theory]
    [InlineData(SipTransportProtocol.Ws)]
    [InlineData(SipTransportProtocol.Wss)]
    public void A_browser_has_to_say_who_it_is(SipTransportProtocol protocol)
    {
        // Whichever page it shows may open its WebSocket.
        Filter(Network, IpFilterAction.Bypass);
        var browser = Script.Phone("101", protocol: protocol);

        browser.SendsRegister();

        browser.Gets(401);
    }

    [Fact]
    public void Who_is_trusted_by_one_tenant_authenticates_at_all_others()
    {
        var other = new TenantId("other");
        Script.AddTenant(other, "other.example");
        Filter(Network, IpFilterAction.Bypass, other);

        var phone = Script.Phone("101");
        phone.SendsRegister();
        phone.Gets(401);

        // By the other's domain it is none of our extensions.
        phone.Sends(Text(phone, "MESSAGE", "sip:102@other.example", "hello", "From: <sip:101@example.com>;tag=f"));
        phone.Gets(407);
    }

    [Theory]
    [InlineData("<sip:999@example.com>")]
    [InlineData("<sip:103@example.com>")]
    [InlineData("<sip:anonymous@anonymous.invalid>")]
    public void Whose_From_names_no_extension_has_to_say_who_it_is(string from)
    {
        Script.AddExtension("103", extension => extension with { Enabled = false });
        Filter(Network, IpFilterAction.Bypass);
        var phone = Script.Phone("101");

        phone.Sends(Text(phone, "MESSAGE", "sip:102@example.com", "hello", $"From: {from};tag=f"));

        phone.Gets(407);
    }

    [Fact]
    public void What_is_allowed_before_a_wider_network_is_dropped_authenticates_as_always()
    {
        Script.Phone("102").IsChallenged();
        Filter("192.0.2.77", IpFilterAction.Allow);
        Filter("0.0.0.0/0", IpFilterAction.Drop);
        Script.Phone("101", remote: "192.0.2.77:5060").Registers();
        var stranger = Script.Phone("101", remote: "192.0.2.78:5060");

        stranger.SendsRegister();

        stranger.GetsNothing();
    }

    [Fact]
    public void A_destination_whose_address_is_dropped_gets_no_answer()
    {
        Script.Registered("101");
        var carrier = Script.Carrier("carrier");
        Filter($"{carrier.Address}", IpFilterAction.Drop);

        carrier.Invites("101");

        carrier.GetsNothing();
    }

    [Fact]
    public async Task A_domain_that_rings_nobody_challenges_whoever_it_is()
    {
        // Its document has every call challenged anew.
        await UseScript();
        var tenant = Script.Grains.Tenant(SipScript.Tenant);
        tenant.Tenant = tenant.Tenant with { OriginationDomains = [SipScript.Domain] };
        Filter(Network, IpFilterAction.Bypass);
        var phone = Script.Phone("101");

        phone.Invites("102").Gets(401);
    }

    private static string Plain(Phone phone) => string.Join(
        "\r\n", "REGISTER sip:example.com SIP/2.0", phone.Via(phone.NewBranch()), "Max-Forwards: 70", "From: <sip:101@example.com>;tag=f",
        "To: <sip:101@example.com>", "Call-ID: plain", "CSeq: 1 REGISTER", $"Contact: {phone.Contact}", "Content-Length: 0", "", "");

    private void Filter(string network, IpFilterAction action, TenantId? tenant = null)
    {
        var changed = Script.Grains.Tenant(tenant ?? SipScript.Tenant);
        changed.IpFilters.Add(new(network, action, changed.IpFilters.Count));
        Script.Tell(changed.News());
    }

    private void Unfilter()
    {
        var changed = Script.Grains.Tenant(SipScript.Tenant);
        changed.IpFilters.Clear();
        Script.Tell(changed.News());
    }

    /// <summary>A phone that registers without credentials.</summary>
    private Phone Trusted(string username)
    {
        var phone = Script.Phone(username);
        phone.SendsRegister();
        phone.Gets(200);
        return phone;
    }
}
