using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>What keeps the ways to phones behind NATs open (RFC 5626 §3.5.1, RFC 3261 §11).</summary>
public sealed class KeepAliveTests : GatewayTest
{
    private const string Private = "<sip:101@192.168.1.5:5060>";

    private InMemoryExtension Extension => Script.Grains.Extension(SipScript.Tenant, "101");

    [Fact]
    public void A_phone_behind_a_NAT_gets_line_ends_while_it_is_registered()
    {
        var alice = Script.Phone("101").Registers(Private, 90);

        Script.Passes(80);
        var kept = alice.Flow.KeepAlives;
        Script.Passes(300);

        Assert.InRange(kept, 2, 3);
        Assert.InRange(alice.Flow.KeepAlives, kept, kept + 1);
        Assert.Equal(0, Script.Gateway.KeepAlives.Count);
    }

    [Fact]
    public void A_refresh_keeps_it_going()
    {
        var alice = Script.Phone("101").Registers(Private, 90);
        Script.Passes(80);
        alice.Registers(Private, 90);

        var before = alice.Flow.KeepAlives;
        Script.Passes(80);

        Assert.InRange(alice.Flow.KeepAlives - before, 2, 3);
    }

    [Theory]
    [InlineData("192.0.2.10:5060", "<sip:101@192.0.2.10>", false)]
    [InlineData("192.0.2.10:5060", "<sip:101@192.0.2.10:5060>", false)]
    [InlineData("192.0.2.10:1024", "<sip:101@192.0.2.10:5060>", true)]
    [InlineData("192.0.2.10:5060", "<sip:101@phone.example.net>", true)]
    [InlineData("[2001:db8::10]:5060", "<sip:101@[2001:DB8:0::10]:5060>", false)]
    public void Who_is_where_it_believes_to_be_needs_none(string remote, string contact, bool isPinged)
    {
        var alice = Script.Phone("101", remote: remote).Registers(contact);

        Script.Passes(61);

        Assert.Equal(isPinged, alice.Flow.KeepAlives > 0);
    }

    [Theory]
    [InlineData("<sip:101@192.168.1.5:1234>", true)]
    [InlineData("<sip:101@192.0.2.10:5061>", false)]
    public void A_connection_is_behind_a_NAT_by_its_address_alone(string contact, bool isPinged)
    {
        var alice = Script.Phone("101", remote: "192.0.2.10:40000", protocol: SipTransportProtocol.Tcp).Registers(contact);

        Script.Passes(61);

        Assert.Equal(isPinged, alice.Flow.KeepAlives > 0);
    }

    [Fact]
    public void The_tenant_says_whether_and_how_often_and_an_extension_may_differ()
    {
        Script.Configure(settings => settings with { KeepAlive = KeepAlive.Off, KeepAlivePeriod = TimeSpan.FromSeconds(10) });
        Script.AddExtension("102", extension => extension with { KeepAlive = KeepAlive.Crlf });
        var alice = Script.Phone("101").Registers(Private);
        var bob = Script.Phone("102").Registers("<sip:102@192.168.1.6>");

        Script.Passes(100);
        Assert.Equal(0, alice.Flow.KeepAlives);
        Assert.InRange(bob.Flow.KeepAlives, 8, 12);

        Script.Configure(settings => settings with { KeepAlive = KeepAlive.Crlf });
        Script.Passes(20);
        Assert.NotEqual(0, alice.Flow.KeepAlives);
    }

    [Fact]
    public void OPTIONS_is_a_request_of_its_own_each_time()
    {
        AskWithOptions();
        var alice = Script.Phone("101").Registers(Private);

        var first = NextOptions(alice);
        var second = NextOptions(alice);

        Assert.StartsWith("OPTIONS sip:101@192.168.1.5:5060 ", SipText.FirstLine(first), StringComparison.Ordinal);
        Assert.NotEqual(SipText.CallId(first), SipText.CallId(second));
        Assert.NotEqual(SipText.Header(first, "Via"), SipText.Header(second, "Via"));
    }

    [Fact]
    public void A_phone_that_does_not_answer_is_not_called_until_it_does()
    {
        AskWithOptions();
        var alice = Script.Phone("101").Registers(Private);
        var caller = Script.Phone("102").IsChallenged();
        Answer(alice, NextOptions(alice), 200);
        for (var i = 0; i < 4; i++)
            NextOptions(alice);

        Assert.True(Extension.Bindings[0].IsUnreachable);
        caller.Invites("101").GetsRefusal(480);

        Answer(alice, NextOptions(alice), 405);
        Assert.False(Extension.Bindings[0].IsUnreachable);
        caller.Invites("101").Sends("CANCEL");
        alice.Gets("INVITE");
    }

    [Fact]
    public void A_phone_that_registers_is_there_again()
    {
        AskWithOptions();
        var alice = Script.Phone("101").Registers(Private);
        for (var i = 0; i < 4; i++)
            NextOptions(alice);
        Assert.True(Extension.Bindings[0].IsUnreachable);

        alice.Registers(Private);

        Assert.False(Extension.Bindings[0].IsUnreachable);
        NextOptions(alice);
        Assert.False(Extension.Bindings[0].IsUnreachable);
    }

    [Fact]
    public void Without_a_bound_nobody_becomes_unreachable()
    {
        AskWithOptions(misses: 0);
        var alice = Script.Phone("101").Registers(Private);

        for (var i = 0; i < 10; i++)
            NextOptions(alice);

        Assert.False(Extension.Bindings[0].IsUnreachable);
    }

    [Fact]
    public void A_stranger_cannot_answer_for_a_phone()
    {
        AskWithOptions();
        var alice = Script.Phone("101").Registers(Private);
        var mallory = Script.Stranger("mallory");

        for (var i = 0; i < 4; i++)
            Answer(mallory, NextOptions(alice), 200);

        Assert.True(Extension.Bindings[0].IsUnreachable);
    }

    [Fact]
    public void What_cannot_be_noted_is_noted_with_the_next_ping()
    {
        AskWithOptions();
        var alice = Script.Phone("101").Registers(Private);
        Script.Grains.Weather.IsDown = true;
        for (var i = 0; i < 4; i++)
            NextOptions(alice);
        Script.Grains.Weather.IsDown = false;
        Assert.False(Extension.Bindings[0].IsUnreachable);

        NextOptions(alice);

        Assert.True(Extension.Bindings[0].IsUnreachable);
    }

    [Fact]
    public void A_binding_that_was_cleared_is_not_pinged_any_more()
    {
        var alice = Script.Phone("101").Registers(Private);
        Script.Passes(31);
        Extension.Lose();

        Script.Tell(new TenantNews { Tenant = SipScript.Tenant, BindingsCleared = "101" });
        var before = alice.Flow.KeepAlives;
        Script.Passes(120);

        Assert.Equal(before, alice.Flow.KeepAlives);
        Assert.Equal(0, Script.Gateway.KeepAlives.Count);
    }

    [Fact]
    public void Line_ends_allocate_nothing()
    {
        // What time itself allocates in a script is the same for one phone as for fifty.
        PhoneFlow[] first = [Script.Phone("101").Registers(Private).Flow];
        var (few, fewPings) = Allocated(first);
        PhoneFlow[] all = [.. first, .. Enumerable.Range(200, 49).Select(i => Script.Phone($"{i}").Registers(Private).Flow)];

        // A collection meanwhile costs its thread some bytes of its own: what always allocates has no clean attempt.
        var perPing = long.MaxValue;
        for (var i = 0; i < 5 && perPing > 8; i++)
        {
            var (many, manyPings) = Allocated(all);
            Assert.InRange(manyPings - fewPings, 800, 1_200);
            perPing = Math.Abs(many - few) / (manyPings - fewPings);
        }

        Assert.InRange(perPing, 0, 8);
    }

    private (long Bytes, int Pings) Allocated(PhoneFlow[] flows)
    {
        Script.Passes(300);
        var pings = flows.Sum(flow => flow.KeepAlives);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Script.Passes(600);
        return (GC.GetAllocatedBytesForCurrentThread() - before, flows.Sum(flow => flow.KeepAlives) - pings);
    }

    private void AskWithOptions(int misses = 3) => Script.Configure(settings => settings with
    {
        KeepAlive = KeepAlive.Options,
        KeepAlivePeriod = TimeSpan.FromSeconds(30),
        KeepAliveMisses = misses,
    });

    /// <summary>Time passes until the phone is asked again.</summary>
    private SipMessage NextOptions(Phone phone)
    {
        for (var waited = 0; phone.Flow.Inbox.Count == 0 && waited < 40; waited++)
            Script.Passes(1);
        return phone.Gets("OPTIONS");
    }

    private static void Answer(Phone phone, SipMessage options, int status) => phone.Sends(SipText.Write(
        $"SIP/2.0 {status} Whatever",
        [.. new[] { "Via", "From", "To", "Call-ID", "CSeq" }.SelectMany(name => SipText.Lines(options, name))],
        null));
}
