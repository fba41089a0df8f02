using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>
/// Calls of people who are neither an extension nor a destination, of tenants that let everybody call their extensions (the manual, Settings / Security:
/// Authenticate Calls to Local Endpoints, turned off).
/// </summary>
public sealed class GuestTests : GatewayTest
{
    private const string Elsewhere = "\"Eve\" <sip:eve@elsewhere.example>";

    [Fact]
    public void A_stranger_has_to_authenticate_unless_the_tenant_says_otherwise()
    {
        Script.Registered("102");

        Eve().InvitesAs(Elsewhere, "102").GetsRefusal(407);
    }

    [Fact]
    public async Task A_guest_reaches_an_extension_which_sees_where_it_is_from()
    {
        LetsGuestsIn();
        var bob = Script.Registered("102");

        var (call, callee) = Calls(bob);

        Assert.Equal("\"Eve\" <sip:eve%40elsewhere.example@example.com>", SipText.Header(callee.Invite, "From").Split(";tag=")[0]);
        Assert.Contains("None: the tenant lets everybody call its extensions.", Decisions(), StringComparison.Ordinal);
        Ends(callee, call);
        await Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10));
        var record = Assert.Single(Script.Grains.Book.Calls)[^1].End!;
        Assert.Equal(("eve@elsewhere.example", "Eve", CallPartyKind.Guest), (record.Call.Caller.Number, record.Call.Caller.Name, record.Call.Caller.Kind));
        Assert.Equal((200, CallEnd.Callee), (record.Status, record.EndedBy));
    }

    [Theory]
    [InlineData("0049301234")]
    [InlineData("*43")]
    [InlineData("*8102")]
    [InlineData("999")]
    public void A_guest_reaches_nothing_but_extensions(string number)
    {
        // Threats: toll fraud.
        LetsGuestsIn();
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        Script.AddExtension("102", extension => extension with { AllowExternalCalls = true });

        Eve().InvitesAs(Elsewhere, number).GetsRefusal(404);

        carrier.GetsNothing();
    }

    [Theory]
    [InlineData("<sip:101@example.com>")]
    [InlineData("<sip:eve@EXAMPLE.com>")]
    [InlineData("<tel:+4930123>")]
    public void Who_says_that_it_is_of_the_tenants_or_does_not_say_whence_it_is_authenticates(string from)
    {
        LetsGuestsIn();
        Script.Registered("102");

        Eve().InvitesAs(from, "102").GetsRefusal(407);
    }

    [Fact]
    public void A_phone_that_registered_is_no_guest_whatever_it_says()
    {
        LetsGuestsIn();
        Script.Registered("102");
        var alice = Script.Registered("101");
        alice.Digest.Nonce = "";

        alice.InvitesAs(Elsewhere, "102").GetsRefusal(407);
    }

    [Fact]
    public void A_browser_authenticates()
    {
        // Any page may open its WebSocket.
        LetsGuestsIn();
        Script.Registered("102");
        var browser = Script.Stranger("eve", remote: "192.0.2.200:55000", protocol: SipTransportProtocol.Wss);

        browser.InvitesAs("<sip:eve@elsewhere.example>", "102").GetsRefusal(407);
    }

    [Fact]
    public void Credentials_of_nobody_are_judged_as_ever()
    {
        LetsGuestsIn();
        Script.Registered("102");
        var eve = Eve();
        eve.SendsRegister();
        eve.Digest.Learn(eve.Gets(401));

        eve.InvitesAs(Elsewhere, "102").GetsRefusal(403);
    }

    [Fact]
    public void A_guest_registers_nothing_and_sends_no_messages()
    {
        LetsGuestsIn();
        Script.Registered("102");
        var eve = Eve();

        eve.SendsRegister();
        eve.Gets(401);
        eve.Sends(SipText.Write(
            "MESSAGE sip:102@example.com SIP/2.0",
            [eve.Via(eve.NewBranch()), "Max-Forwards: 70", $"From: {Elsewhere};tag=1", "To: <sip:102@example.com>", "Call-ID: m", "CSeq: 1 MESSAGE"], null));
        eve.Gets(407);
    }

    [Fact]
    public void A_guest_transfers_nobody_and_takes_nobodys_place()
    {
        LetsGuestsIn();
        var (bob, carol) = (Script.Registered("102"), Script.Registered("103"));
        var (call, callee) = Calls(bob);

        call.SendsWith("REFER", "", "", "Refer-To: <sip:103@example.com>", $"Contact: {call.Phone.Contact}");
        call.Gets(603);
        var taking = Eve().InvitesAs(
            Elsewhere, "102", $"Replaces: {callee.CallId};to-tag={callee.RemoteTag};from-tag={callee.LocalTag}");

        // To it the header is unknown, and it makes a call of its own.
        var other = bob.GetsCall();
        other.Sends(486);
        other.Gets("ACK");
        taking.GetsRefusal(486);
        carol.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void A_guest_can_be_transferred_and_cannot_go_on_by_itself()
    {
        LetsGuestsIn();
        var (bob, carol) = (Script.Registered("102"), Script.Registered("103"));
        var (call, callee) = Calls(bob);
        callee.SendsWith("REFER", "", "", "Refer-To: <sip:103@example.com>", $"Contact: {bob.Contact}");
        callee.Gets(202);
        callee.Gets("NOTIFY");
        callee.Sends(200, to: "NOTIFY");
        var asked = carol.GetsCall();
        asked.Answers(Sdp.Of(carol.Address, 41000));
        asked.Gets("ACK");
        callee.Gets("NOTIFY");
        callee.Sends(200, to: "NOTIFY");
        callee.GetsBye();
        call.Gets("INVITE");
        call.Answers();
        call.Gets("ACK");

        call.SendsWith("REFER", "", "", "Refer-To: <sip:102@example.com>", $"Contact: {call.Phone.Contact}");

        call.Gets(603);
        Ends(call, asked);
    }

    [Fact]
    public void A_guest_that_calls_who_forwards_outside_goes_there_by_that_ones_right_and_is_not_vouched_for()
    {
        // RFC 3325 §5
        LetsGuestsIn();
        Script.Configure(settings => settings with { ProcessRedirects = true });
        var carrier = Script.Carrier("telco", destination => destination with { Trusted = true });
        Script.AddRoute("0", "telco");
        Script.AddExtension("102", extension => extension with { AllowExternalCalls = true });
        var bob = Script.Registered("102");
        var call = Eve().InvitesAs(Elsewhere, "102");

        bob.GetsCall().Sends(302, headers: ["Contact: <sip:0123@example.com>"]);

        var outside = carrier.GetsCall();
        Assert.Equal("", SipText.Header(outside.Invite, "P-Asserted-Identity"));
        outside.Sends(486);
        outside.Gets("ACK");
        call.Gets(181);
        call.GetsRefusal(486);
    }

    [Fact]
    public void What_a_guest_says_of_itself_elsewhere_than_in_From_counts_for_nothing_and_privacy_is_kept()
    {
        // RFC 3323 §4.1.1.3, RFC 3325 §5
        LetsGuestsIn();
        var bob = Script.Registered("102");

        var call = Eve().InvitesAs(Elsewhere, "102", "P-Asserted-Identity: <sip:101@example.com>", "Remote-Party-ID: <sip:101@example.com>", "Privacy: id");

        var callee = bob.GetsCall();
        Assert.StartsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>", SipText.Header(callee.Invite, "From"), StringComparison.Ordinal);
        Assert.Equal(("", ""), (SipText.Header(callee.Invite, "P-Asserted-Identity"), SipText.Header(callee.Invite, "Remote-Party-ID")));
        Answer(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void A_guest_whose_user_agent_is_banned_is_refused()
    {
        LetsGuestsIn();
        Script.Configure(settings => settings with { UserAgentPolicy = UserAgentPolicy.Ban, UserAgents = "Scanner" });
        Script.Registered("102");

        Eve().InvitesAs(Elsewhere, "102", "User-Agent: friendly-Scanner").GetsRefusal(403);
    }

    private void LetsGuestsIn() => Script.Configure(settings => settings with { AuthenticateLocalCalls = false });

    private Phone Eve() => Script.Stranger("eve", remote: "203.0.113.9:5060");

    private (PhoneCall Caller, PhoneCall Callee) Calls(Phone callee)
    {
        var call = Eve().InvitesAs(Elsewhere, callee.User);
        var ringing = callee.GetsCall();
        Answer(call, ringing);
        return (call, ringing);
    }
}
