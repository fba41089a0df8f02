using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>As whom an extension may call, and what the callee's phone hears of it (RFC 3323, RFC 3325).</summary>
public sealed class CallerIdentityTests : GatewayTest
{
    private const string Anonymous = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";

    [Fact]
    public async Task A_call_as_somebody_else_is_403_and_the_books_say_why()
    {
        // Threats: identity spoofing by From. RFC 3325 §5: only a URI that is the user's.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.InvitesAs("<sip:102@example.com>", "102");

        call.GetsRefusal(403);
        bob.GetsNothing();
        await Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10));
        var end = Script.Grains.Book.Calls[^1][^1].End!;
        Assert.Equal((403, "101 may not call as 102."), (end.Status, end.Reason));
        Assert.Equal(("end", end.Reason), (end.Decisions[^1].Step, end.Decisions[^1].Text));
    }

    [Fact]
    public void An_extension_calls_as_one_of_its_identities_by_From()
    {
        var (alice, bob) = Phones("0301234 sales");

        var call = alice.InvitesAs("<sip:0301234@example.com>", "102");

        Assert.StartsWith("<sip:0301234@example.com>;", From(bob.GetsCall()), StringComparison.Ordinal);
        Assert.Contains("101 calls as 0301234.", Decisions(), StringComparison.Ordinal);
        call.Sends("CANCEL");
    }

    [Fact]
    public void An_extension_calls_as_the_identity_it_prefers_when_that_is_its_own()
    {
        // RFC 3325 §5, §9.2
        var (alice, bob) = Phones("0301234 sales");

        var call = alice.Invites("102", headers: "P-Preferred-Identity: \"Boss\" <sip:sales@example.com>");
        var invite = bob.GetsCall();

        Assert.StartsWith("<sip:sales@example.com>;", From(invite), StringComparison.Ordinal);
        Assert.Empty(SipText.Lines(invite.Invite, "P-Preferred-Identity"));
        call.Sends("CANCEL");
    }

    [Fact]
    public void An_identity_that_is_preferred_and_not_its_own_counts_for_nothing()
    {
        // RFC 3325 §5
        var (alice, bob) = Phones("0301234");

        var call = alice.Invites("102", headers: "P-Preferred-Identity: <sip:boss@example.com>");

        Assert.StartsWith("<sip:101@example.com>;", From(bob.GetsCall()), StringComparison.Ordinal);
        Assert.Contains("The identity that 101 prefers is none of its own.", Decisions(), StringComparison.Ordinal);
        call.Sends("CANCEL");
    }

    [Fact]
    public void Another_identity_does_not_register()
    {
        // RFC 3261 §10.3: identities are for calls alone.
        var (alice, _) = Phones("102");

        alice.SendsRegister(to: "sip:102@example.com");

        alice.Gets(403);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("user")]
    [InlineData("header;id;critical")]
    public void Who_asks_for_privacy_is_anonymous_to_phones(string privacy)
    {
        // RFC 3323 §4.2, RFC 3325 §7, §9.3: a phone is nobody's trust domain.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.Invites("102", headers: [$"Privacy: {privacy}", "Subject: It's me, 101"]);
        var invite = bob.GetsCall();

        Assert.StartsWith($"{Anonymous};", From(invite), StringComparison.Ordinal);
        Assert.Empty(SipText.Lines(invite.Invite, "Subject"));
        Assert.Empty(SipText.Lines(invite.Invite, "Privacy"));
        Assert.Equal("101", Script.LastCall.Summary.Caller.Number);
        Assert.Contains("The caller's identity is withheld.", Decisions(), StringComparison.Ordinal);
        call.Sends("CANCEL");
    }

    [Theory]
    [InlineData("\"Anonymous\" <sip:anonymous@anonymous.invalid>")]
    [InlineData("<sip:anonymous@example.com>")]
    public void An_anonymous_From_of_who_authenticated_is_let_through_and_stays_anonymous(string from)
    {
        // RFC 3323 §4.1.1.3
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.InvitesAs(from, "102");

        Assert.StartsWith($"{Anonymous};", From(bob.GetsCall()), StringComparison.Ordinal);
        call.Sends("CANCEL");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("header")]
    [InlineData("session;critical")]
    [InlineData("something-new")]
    public void Other_privacy_hides_nothing_that_is_not_hidden_for_every_call(string privacy)
    {
        // RFC 3323 §4.2: header and session are what a back-to-back user agent does anyway.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.Invites("102", headers: $"Privacy: {privacy}");

        Assert.StartsWith("<sip:101@example.com>;", From(bob.GetsCall()), StringComparison.Ordinal);
        call.Sends("CANCEL");
    }

    [Fact]
    public void Privacy_that_is_critical_and_not_known_is_500()
    {
        // RFC 3323 §5
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        alice.Invites("102", headers: "Privacy: something-new;critical").GetsRefusal(500);

        bob.GetsNothing();
    }

    private (Phone Alice, Phone Bob) Phones(string identities)
    {
        Script.AddExtension("101", e => e with { Identities = identities });
        return (Script.Registered("101"), Script.Registered("102"));
    }

    private static string From(PhoneCall call) => SipText.Header(call.Invite, "From");
}
