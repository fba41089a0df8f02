using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <content>What was under way with the party that is replaced: its dialog ends alone, and the call goes on (RFC 3891 §3).</content>
public sealed partial class ReplacesTests
{
    private const string Refreshed = "Session-Expires: 90;refresher=uac";

    [Theory]
    [InlineData(200, 200)]
    [InlineData(481, 500)]
    [InlineData(408, 504)]
    public void An_INFO_that_the_replaced_party_answers_after_all_ends_nothing(int answer, int told)
    {
        // RFC 3261 §12.2.1.2: 481 and 408 end a dialog, here one that is over anyhow.
        var (call, replaced, carol) = InProgress();
        call.Sends("INFO", "Signal=5", "application/dtmf-relay");
        replaced.Gets("INFO");
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        Realigned(call);

        replaced.Sends(answer, to: "INFO");

        call.Gets(told);
        GoesOn(call, taking);
    }

    [Fact]
    public void An_INFO_that_the_replaced_party_never_answers_ends_nothing()
    {
        var (call, replaced, carol) = InProgress();
        call.Sends("INFO", "Signal=5", "application/dtmf-relay");
        replaced.Gets("INFO");
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        Realigned(call);

        // RFC 4320 §4.2: who asked has given up as well, and hears nothing so late.
        Script.Passes(33);

        GoesOn(call, taking);
    }

    [Theory]
    [InlineData(200, Refreshed)]
    [InlineData(481, "")]
    [InlineData(408, "")]
    [InlineData(422, "Min-SE: 200")]
    [InlineData(405, "")]
    [InlineData(491, "")]
    [InlineData(500, "")]
    public void A_refresh_that_the_replaced_party_answers_after_all_ends_nothing_and_is_the_last(int answer, string header)
    {
        // RFC 4028 §7.4, §10: its session ended with its dialog.
        var (call, replaced, carol) = BeingRefreshed();
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        Realigned(call);

        replaced.Sends(answer, to: "UPDATE", headers: header);

        Script.Passes(120);
        replaced.GetsNothing();
        GoesOn(call, taking);
    }

    [Fact]
    public void A_refresh_that_the_replaced_party_never_answers_ends_nothing()
    {
        var (call, replaced, carol) = BeingRefreshed();
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        Realigned(call);

        Script.Passes(120);

        GoesOn(call, taking);
    }

    /// <summary>A call whose callee is just asked, by UPDATE, whether it is still there.</summary>
    private (PhoneCall Caller, PhoneCall Callee, Phone Carol) BeingRefreshed()
    {
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");
        var call = Script.Registered("101").Invites("102");
        var callee = bob.GetsCall();
        callee.Sends(200, Sdp.Answer(callee.LastSdp, bob.Address), headers: [Refreshed, "Allow: INVITE, ACK, CANCEL, BYE, UPDATE"]);
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        Script.Passes(45.1);
        callee.Gets("UPDATE");
        return (call, callee, carol);
    }

    private static void GoesOn(PhoneCall call, PhoneCall taking)
    {
        call.GetsNothing();
        taking.GetsNothing();
        Ends(call, taking);
    }
}
