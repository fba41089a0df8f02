using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Messages;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Threats;

/// <summary>What strangers, other tenants and circles make of requests out of calls.</summary>
public sealed class MessageThreatTests : StandaloneTest
{
    private static readonly TenantId Other = new("other");

    [Theory]
    [InlineData("MESSAGE")]
    [InlineData("OPTIONS")]
    public void Who_has_credentials_of_one_tenant_reaches_nobody_of_another(string method)
    {
        Script.AddTenant(Other, "other.example");
        var bob = Script.Registered("102", Other);
        var alice = Script.Registered("101");

        Sends(alice, method, "sip:102@other.example", null, "From: <sip:101@example.com>;tag=f");

        // The credentials are for another realm: they count as none (RFC 3261 §22.3).
        alice.Gets(407);
        bob.GetsNothing();
    }

    [Fact]
    public void A_name_that_two_tenants_have_is_the_one_of_the_domain()
    {
        Script.AddTenant(Other, "other.example");
        var theirs = Script.Registered("102", Other);
        var (alice, ours) = (Script.Registered("101"), Script.Registered("102"));

        SendsMessage(alice, "102");

        Answers(ours, ours.Gets("MESSAGE"), 200);
        alice.Gets(200);
        theirs.GetsNothing();
    }

    [Theory]
    [InlineData("MESSAGE")]
    [InlineData("OPTIONS")]
    public void A_challenge_leaves_no_state(string method)
    {
        var mallory = Script.Stranger("101");
        Script.Registered("102");
        var before = Script.Left;

        mallory.Sends(Text(mallory, method, "sip:102@example.com", new string('x', 600)));

        mallory.Gets(407);
        Assert.Equal(before, Script.Left);
        Assert.Equal(0, Script.Grains.Extension(SipScript.Tenant, "102").Reaches);
    }

    [Fact]
    public void The_address_of_a_destination_lets_no_message_in()
    {
        // CVE-2021-37624: calls of a carrier's address are not challenged, all else is.
        var bob = Script.Registered("102");
        var carrier = Script.Carrier("carrier");

        carrier.Sends(Text(carrier, "MESSAGE", "sip:102@example.com", "hello"));

        carrier.Gets(407);
        bob.GetsNothing();
    }

    [Fact]
    public void A_message_that_comes_by_two_ways_arrives_once()
    {
        // RFC 3261 §8.2.2.2: another branch, and the same Call-ID, tag and CSeq.
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        string[] same = [$"From: <sip:101@example.com>;tag=once", "Call-ID: once@example.com"];

        SendsMessage(alice, "102", same);
        SendsMessage(alice, "102", same);

        alice.Gets(482);
        Answers(bob, bob.Gets("MESSAGE"), 200);
        alice.Gets(200);
        bob.GetsNothing();
    }

    [Fact]
    public void A_message_that_phones_send_in_a_circle_runs_out_of_hops()
    {
        // RFC 3261 §16.3 step 3, RFC 5393
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var (sender, receiver) = (alice, bob);
        var hops = "5";
        var rounds = 0;

        for (; hops != "0"; rounds++)
        {
            SendsMessage(sender, receiver.User, $"Max-Forwards: {hops}");
            hops = SipText.Header(receiver.Gets("MESSAGE"), "Max-Forwards");
            (sender, receiver) = (receiver, sender);
        }

        SendsMessage(sender, receiver.User, $"Max-Forwards: {hops}");
        sender.Gets(483);
        Assert.Equal(5, rounds);
        Script.Passes(40);
    }

    [Fact]
    public void A_phone_that_the_tenant_does_not_want_sends_nothing()
    {
        // The manual, Settings: Ignore Calls with Null User Agent
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        Script.Configure(settings => settings with { IgnoreNullUserAgent = true });

        SendsMessage(alice, "102");

        alice.Gets(403);
        bob.GetsNothing();
    }
}
