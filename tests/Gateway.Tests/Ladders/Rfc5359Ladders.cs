using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Ladders;

/// <summary>RFC 5359 §2: services of phones and of the server between them.</summary>
public sealed class Rfc5359Ladders : LadderTest
{
    [Fact]
    public void Section_2_1_a_callee_holds_the_call_and_takes_it_back()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Assert.Equal(("sendonly", "recvonly"), Changes(callee, call, "sendonly", "recvonly", 2));
        IsOurDialog(callee, callee.Last);
        Assert.Equal(("sendrecv", "sendrecv"), Changes(callee, call, "sendrecv", "sendrecv", 3));
        IsOurDialog(callee, callee.Last, "2 INVITE");

        Ends(call, callee);
    }

    [Fact]
    public void Section_2_2_a_callee_asks_a_third_party_while_the_caller_waits()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var carol = Script.Registered("103");

        Assert.Equal(("sendonly", "recvonly"), Changes(callee, call, "sendonly", "recvonly", 2));
        var (asking, asked) = Answered(callee.Phone, carol);
        Ends(asking, asked);
        call.GetsNothing();
        Assert.Equal(("sendrecv", "sendrecv"), Changes(callee, call, "sendrecv", "sendrecv", 3));

        Ends(call, callee);
    }

    [Fact]
    public void Section_2_3_who_is_held_hears_music_until_the_call_is_taken_back()
    {
        // The RFC's phone fetches the music from a server; this server plays it, so one re-INVITE does.
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Assert.Equal(("sendonly", "inactive"), Changes(callee, call, "inactive", "recvonly", 2));
        Assert.True(CallerHearsMusic);
        Assert.Equal(("sendrecv", "sendrecv"), Changes(callee, call, "sendrecv", "sendrecv", 3));
        Assert.False(CallerHearsMusic);

        Ends(call, callee);
    }

    [Fact]
    public void Section_2_4_a_callee_that_holds_the_call_transfers_the_caller_to_a_third_party()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var carol = Script.Registered("103");
        Assert.Equal(("sendonly", "recvonly"), Changes(callee, call, "sendonly", "recvonly", 2));

        callee.SendsWith("REFER", "", "", $"Refer-To: <sip:103@{SipScript.Domain}>", $"Contact: {callee.Phone.Contact}");
        callee.Gets(202);
        IsNews(callee, "SIP/2.0 100 Trying");
        var ringing = carol.GetsCall();
        Assert.NotEqual(call.CallId, ringing.CallId);
        ringing.Answers();
        ringing.Gets("ACK");
        IsNews(callee, "SIP/2.0 200 OK");
        callee.GetsBye();
        call.Gets("INVITE");
        call.Answers();
        call.Gets("ACK");

        Ends(call, ringing);
    }

    [Fact]
    public void Section_2_5_a_callee_that_holds_the_call_asks_a_third_party_and_transfers_the_caller_to_it()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var carol = Script.Registered("103");
        Assert.Equal(("sendonly", "recvonly"), Changes(callee, call, "sendonly", "recvonly", 2));
        var (asking, asked) = Answered(callee.Phone, carol);
        Assert.Equal(("sendonly", "recvonly"), Changes(asking, asked, "sendonly", "recvonly", 2));

        var dialog = $"{asking.CallId}%3Bto-tag%3D{asking.RemoteTag}%3Bfrom-tag%3D{asking.LocalTag}";
        callee.SendsWith("REFER", "", "", $"Refer-To: <sip:103@{SipScript.Domain}?Replaces={dialog}>", $"Contact: {callee.Phone.Contact}");
        callee.Gets(202);
        IsNews(callee, "SIP/2.0 100 Trying");
        IsNews(callee, "SIP/2.0 200 OK");
        callee.GetsBye();
        asking.GetsBye();
        foreach (var party in (PhoneCall[])[asked, call])
        {
            party.Gets("INVITE");
            Assert.Equal("sendrecv", Sdp.DirectionOf(party.LastSdp));
            party.Answers();
            party.Gets("ACK");
        }

        Ends(call, asked);
    }

    [Fact]
    public void Section_2_6_a_message_says_where_to_call_and_the_party_calls_there()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var carol = Script.Registered("103");

        Sends(callee.Phone, "MESSAGE", $"sip:101@{SipScript.Domain}", $"<sip:103@{SipScript.Domain}>");
        var message = call.Phone.Gets("MESSAGE");
        Assert.Equal(("text/plain", $"<sip:103@{SipScript.Domain}>"), (SipText.Header(message, "Content-Type"), SipText.Body(message)));
        Answers(call.Phone, message, 200);
        callee.Phone.Gets(200);
        var (second, taken) = Answered(call.Phone, carol);

        Ends(call, callee);
        taken.GetsNothing();
        Ends(second, taken);
    }

    [Fact]
    public void Section_2_7_a_phone_that_forwards_every_call_rings_nowhere_but_at_its_target()
    {
        Script.Configure(settings => settings with { ProcessRedirects = true });
        var (alice, bob, carol) = Phones();
        Script.Configure(settings => settings with { ProcessRedirects = true });
        var call = alice.Invites("102");
        var first = bob.GetsCall();

        first.Sends(302, headers: $"Contact: <sip:103@{SipScript.Domain}>");

        first.Gets("ACK");
        GoesTo(call, carol);
    }

    [Fact]
    public void Section_2_8_a_busy_extensions_call_goes_to_its_alternative()
    {
        Script.AddExtension("102", extension => extension with { Redirection = "103" });
        var (alice, bob, carol) = Phones();
        var call = alice.Invites("102");
        var first = bob.GetsCall();

        first.Sends(486);

        first.Gets("ACK");
        GoesTo(call, carol);
    }

    [Fact]
    public void Section_2_9_a_silent_extension_is_cancelled_and_its_call_goes_to_its_alternative()
    {
        Script.AddExtension("102", Silent("103"));
        var (alice, bob, carol) = Phones();
        var call = alice.Invites("102");
        var first = bob.GetsCall();
        first.Sends(180);
        call.Gets(180);

        Script.Passes(10.1);

        IsCancelled(first);
        GoesTo(call, carol);
    }

    [Fact]
    public void Section_2_10_a_phone_that_mixes_adds_a_third_party_by_a_second_call()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var carol = Script.Registered("103");

        Changes(callee, call, "sendonly", "recvonly", 2);
        var (added, third) = Answered(callee.Phone, carol);
        Assert.Equal(("sendrecv", "sendrecv"), Changes(callee, call, "sendrecv", "sendrecv", 3));
        Assert.Equal(2, Script.Context.Calls.Count);

        Ends(added, third);
        call.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void Section_2_11_who_wants_to_join_a_call_is_told_that_nobody_can()
    {
        // RFC 3261 §8.2.2.3: Join (RFC 3911) is not known here, and the conference is the phones'.
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var carol = Script.Registered("103");

        var joining = carol.Invites(
            "102", headers: [$"Join: {callee.CallId};to-tag={callee.RemoteTag};from-tag={callee.LocalTag}", "Require: join"]);

        joining.Gets(420);
        Assert.Equal("join", SipText.Header(joining.Last, "Unsupported"));
        joining.Sends("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void Section_2_12_places_are_tried_one_after_the_other_until_one_answers()
    {
        Script.AddExtension("102", Silent("103"));
        Script.AddExtension("103", extension => extension with { Redirection = "104" });
        var (alice, bob, carol) = Phones();
        var dave = Script.Registered("104");

        var call = alice.Invites("102");
        var first = bob.GetsCall();
        first.Sends(180);
        call.Gets(180);
        carol.GetsNothing();
        Script.Passes(10.1);
        IsCancelled(first);
        var second = carol.GetsCall();
        dave.GetsNothing();
        call.Gets(181);
        second.Sends(486);
        second.Gets("ACK");

        GoesTo(call, dave);
    }

    [Fact]
    public void Section_2_13_a_phone_that_screens_calls_sees_who_calls_and_its_refusal_reaches_the_caller()
    {
        var (alice, bob, _) = Phones();
        var call = alice.Invites("102");

        var screened = bob.GetsCall();
        Assert.StartsWith($"<sip:101@{SipScript.Domain}>", SipText.Header(screened.Invite, "From"), StringComparison.Ordinal);
        screened.Sends(403);

        screened.Gets("ACK");
        call.GetsRefusal(403);
    }

    [Fact]
    public void Section_2_14_an_extension_that_may_not_call_outside_reaches_no_destination()
    {
        var telco = Script.Carrier("telco");
        Script.AddRoute("0", "telco");
        var alice = Script.Registered("101");

        alice.Invites("0049301234").GetsRefusal(404);

        telco.GetsNothing();
    }

    [Fact]
    public void Section_2_16_who_picks_up_what_rings_has_the_caller_and_the_phone_that_rang_stops()
    {
        // The RFC's phone learns of the call by the dialog package; here a prefix says whose call is taken.
        var (alice, bob, carol) = Phones();
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);

        var picking = carol.Invites("*8102");

        IsOurDialog(picking, picking.Gets(200));
        picking.Sends("ACK");
        IsOurDialog(call, call.Gets(200));
        call.Sends("ACK");
        IsCancelled(ringing);
        Ends(call, picking);
    }

    private bool CallerHearsMusic => Script.LastCall.Caller!.Media.Playing is not null;

    private (Phone Alice, Phone Bob, Phone Carol) Phones() =>
        (Script.Registered("101"), Script.Registered("102"), Script.Registered("103"));

    /// <summary>An extension whose calls go on after ten seconds.</summary>
    private static Func<Contracts.Extensions.Extension, Contracts.Extensions.Extension> Silent(string target) =>
        extension => extension with { Redirection = target, RedirectionTimeout = TimeSpan.FromSeconds(10) };

    /// <summary>The call rings and is answered there, as a dialog that the caller has with this server.</summary>
    private static void GoesTo(PhoneCall call, Phone phone)
    {
        var taken = phone.GetsCall();
        IsOurInvite(call, taken);
        call.Gets(181);
        Connects(call, taken);
        IsOurDialog(call, call.Last);
        Ends(call, taken);
    }

    /// <summary>Says how far a transfer is (RFC 3515 §2.4.4).</summary>
    private static void IsNews(PhoneCall transferor, string line)
    {
        Assert.Equal(line + "\r\n", SipText.Body(transferor.Gets("NOTIFY")));
        transferor.Sends(200, to: "NOTIFY");
    }
}
