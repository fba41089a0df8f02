using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>Who calls, as destinations are told and as they tell (RFC 3323, RFC 3325): only those that are trusted hear and are heard.</summary>
public sealed class TrustTests : TrunkTest
{
    private const string Anonymous = "\"Anonymous\" <sip:anonymous@anonymous.invalid>;";

    [Fact]
    public void A_trusted_destination_is_told_who_calls_beside_the_account()
    {
        // RFC 3325 §5, §9.1
        var taken = Reach(isTrusted: true);

        Assert.StartsWith("<sip:account@", SipText.Header(taken.Invite, "From"), StringComparison.Ordinal);
        Assert.Equal("<sip:101@example.com>", SipText.Header(taken.Invite, "P-Asserted-Identity"));
        Assert.Equal("<sip:101@example.com>;party=calling;screen=yes;privacy=off", SipText.Header(taken.Invite, "Remote-Party-ID"));
        Assert.Empty(SipText.Lines(taken.Invite, "Privacy"));
    }

    [Fact]
    public void Another_destination_is_not()
    {
        var taken = Reach(isTrusted: false, "P-Asserted-Identity: <sip:101@example.com>", "Remote-Party-ID: <sip:101@example.com>");

        AssertTold(taken, []);
        Assert.StartsWith("<sip:account@", SipText.Header(taken.Invite, "From"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("user")]
    public void To_a_trusted_destination_privacy_hides_From_and_keeps_what_is_asserted(string privacy)
    {
        // RFC 3325 §7
        var taken = Reach(isTrusted: true, $"Privacy: {privacy}");

        Assert.StartsWith(Anonymous, SipText.Header(taken.Invite, "From"), StringComparison.Ordinal);
        Assert.Equal("<sip:101@example.com>", SipText.Header(taken.Invite, "P-Asserted-Identity"));
        Assert.EndsWith("privacy=full", SipText.Header(taken.Invite, "Remote-Party-ID"), StringComparison.Ordinal);
        Assert.Equal("id", SipText.Header(taken.Invite, "Privacy"));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("user")]
    public void To_another_destination_privacy_hides_everything(string privacy)
    {
        // RFC 3323 §5.3, RFC 3325 §7
        var taken = Reach(isTrusted: false, $"Privacy: {privacy}", "Subject: from 101");

        Assert.StartsWith(Anonymous, SipText.Header(taken.Invite, "From"), StringComparison.Ordinal);
        AssertTold(taken, []);
        Assert.Empty(SipText.Lines(taken.Invite, "Subject"));
    }

    [Fact]
    public void What_is_asserted_is_the_identity_that_the_caller_prefers_of_its_own()
    {
        // RFC 3325 §5
        Script.AddExtension("101", e => e with { AllowExternalCalls = true, Identities = "0301234", DisplayName = "Ann" });

        var taken = Reach(isTrusted: true, "P-Preferred-Identity: <sip:0301234@example.com>");

        Assert.Equal("\"Ann\" <sip:0301234@example.com>", SipText.Header(taken.Invite, "P-Asserted-Identity"));
    }

    [Fact]
    public void The_name_that_is_asserted_is_the_extensions_and_none_that_the_caller_made_up()
    {
        // RFC 3325 §5: what is asserted was verified.
        Script.AddExtension("101", e => e with { AllowExternalCalls = true, DisplayName = "Ann" });
        var carrier = Script.Carrier("telco", d => d with { Trusted = true });
        Script.AddRoute("", "telco");

        var call = Script.Registered("101").InvitesAs("\"The Bank\" <sip:101@example.com>", "5551234");
        var taken = carrier.GetsCall();
        taken.Sends(486);
        call.GetsRefusal(486);

        Assert.Equal("\"Ann\" <sip:101@example.com>", SipText.Header(taken.Invite, "P-Asserted-Identity"));
        Assert.StartsWith("\"Ann\" <sip:101@example.com>;", SipText.Header(taken.Invite, "Remote-Party-ID"), StringComparison.Ordinal);
    }

    [Fact]
    public void Contact_is_the_destinations_account_throughout_the_call()
    {
        // The manual, Routing: the destination knows us by its account. RFC 3261 §12.2.1.2: every Contact is a new target.
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551234");
        var taken = carrier.GetsCall();
        var contact = SipText.Header(taken.Invite, "Contact");
        Assert.StartsWith("<sip:account@", contact, StringComparison.Ordinal);
        Answer(call, taken);

        call.SendsInvite(Sdp.Of("192.0.2.10"));
        taken.Gets("INVITE");

        Assert.Equal(contact, SipText.Header(taken.Invite, "Contact"));
        Connects(call, taken);
    }

    [Theory]
    [InlineData("P-Asserted-Identity: \"Ann\" <sip:0301234@telco.example>", "\"Ann\" <sip:0301234@example.com>;")]
    [InlineData("P-Asserted-Identity: <tel:+49301234>", "<sip:+49301234@example.com>;")]
    [InlineData("Remote-Party-ID: <sip:0301234@telco.example>;party=calling;privacy=off", "<sip:0301234@example.com>;")]
    [InlineData("Remote-Party-ID: <sip:0301234@telco.example>;privacy=full", Anonymous)]
    [InlineData("Remote-Party-ID: <sip:0309999@telco.example>;party=called", "<sip:telco@example.com>;")]
    [InlineData("P-Asserted-Identity: <sip:0301234@telco.example>\r\nPrivacy: id", Anonymous)]
    [InlineData("P-Asserted-Identity: <sip:0301234@telco.example>\r\nRemote-Party-ID: <sip:0301234@telco.example>;privacy=full", Anonymous)]
    [InlineData("P-Asserted-Identity: <sip:0301234@telco.example>\r\nRemote-Party-ID: <sip:0309999@telco.example>;party=called;privacy=full", "<sip:0301234@example.com>;")]
    [InlineData("P-Asserted-Identity: <urn:service:x>", "<sip:telco@example.com>;")]
    public void What_a_trusted_destination_asserts_of_its_callers_is_shown(string headers, string from)
    {
        // RFC 3325 §5: from a node that is trusted.
        Assert.StartsWith(from, FromOfCall(isTrusted: true, headers), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P-Asserted-Identity: \"Ann\" <sip:0301234@telco.example>", "<sip:telco@example.com>;")]
    [InlineData("Remote-Party-ID: <sip:0301234@telco.example>", "<sip:telco@example.com>;")]
    [InlineData("P-Preferred-Identity: <sip:0301234@telco.example>", "<sip:telco@example.com>;")]
    [InlineData("Privacy: id", Anonymous)]
    public void What_another_destination_asserts_is_not_but_its_callers_may_be_anonymous(string headers, string from)
    {
        // RFC 3325 §5: from a node that is not trusted; RFC 3323 §4.2: privacy is anybody's to ask for.
        Assert.StartsWith(from, FromOfCall(isTrusted: false, headers), StringComparison.Ordinal);
    }

    private string FromOfCall(bool isTrusted, string headers)
    {
        var carrier = Script.Carrier("telco", d => d with { Trusted = isTrusted });
        var bob = Script.Registered("102");
        var call = carrier.Invites("102", headers: headers.Split("\r\n"));
        var ringing = bob.GetsCall();
        AssertTold(ringing, []);
        ringing.Sends(486);
        call.GetsRefusal(486);
        return SipText.Header(ringing.Invite, "From");
    }

    private PhoneCall Reach(bool isTrusted, params string[] headers)
    {
        var carrier = Script.Carrier("telco", d => d with { Trusted = isTrusted });
        Script.AddRoute("", "telco");
        if (Script.Grains.Extension(SipScript.Tenant, "101").Credentials is null)
            Script.AddExtension("101", e => e with { AllowExternalCalls = true });
        var call = Script.Registered("101").Invites("5551234", headers: headers);
        var taken = carrier.GetsCall();
        taken.Sends(486);
        call.GetsRefusal(486);
        return taken;
    }

    private static void AssertTold(PhoneCall call, string[] headers) => Assert.Equal(
        headers,
        ((string[])["P-Asserted-Identity", "P-Preferred-Identity", "Remote-Party-ID", "Privacy"]).Where(name => SipText.Lines(call.Invite, name).Length > 0));
}
