using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <content>Peers that do not take a refresh.</content>
public sealed partial class SessionTimerTests
{
    [Theory]
    [InlineData(481, "The callee does not know the call any more: 481 to the refresh of its session.")]
    [InlineData(408, "The callee did not answer the refresh of its session.")]
    public void A_peer_that_is_gone_ends_the_call(int status, string reason)
    {
        // RFC 4028 §10, RFC 3261 §12.2.1.2
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac", TakesUpdate);
        var ended = Script.LastCall;
        Script.Passes(45.1);
        callee.Gets("UPDATE");

        callee.Sends(status, to: "UPDATE");

        callee.GetsBye();
        call.GetsBye();
        Assert.Contains(ended.Log.Read(), d => d.Text == reason);
    }

    [Fact]
    public void A_peer_that_challenges_the_refresh_keeps_its_call()
    {
        // RFC 4028 §10: it is there.
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac", TakesUpdate);
        Script.Passes(45.1);
        callee.Gets("UPDATE");

        callee.Sends(407, to: "UPDATE");

        Script.Passes(45.1);
        callee.Gets("UPDATE");
        callee.Sends(200, to: "UPDATE", headers: "Session-Expires: 90;refresher=uac");
        Ends(call, callee);
    }

    [Theory]
    [InlineData(TakesUpdate)]
    [InlineData("")]
    public void A_peer_that_answers_no_refresh_ends_the_call(string allow)
    {
        // RFC 4028 §10: at the latest when the session is over.
        var (call, callee) = AnsweredBy("Session-Expires: 300;refresher=uac", allow);
        var ended = Script.LastCall;
        callee.Phone.Flow.IsDeaf = true;

        Script.Passes(150 + 32.2);

        call.GetsBye();
        Assert.Contains(ended.Log.Read(), d => d.Text == "The callee did not answer the refresh of its session.");
    }

    [Fact]
    public void A_peer_that_refuses_every_refresh_ends_the_call_when_its_time_is_over()
    {
        // RFC 4028 §10
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac", TakesUpdate);
        var ended = Script.LastCall;
        var refused = 0;
        for (var second = 0; second < 61 && !ended.IsOver; second++)
        {
            Script.Passes(1);
            if (!ended.IsOver && callee.Phone.Flow.Inbox.Count > 0)
            {
                callee.Gets("UPDATE");
                callee.Sends(500, to: "UPDATE");
                refused++;
            }
        }

        Assert.InRange(refused, 2, 8);
        callee.GetsBye();
        call.GetsBye();
        Assert.Contains(ended.Log.Read(), d => d.Text == "The callee's session expired: no refresh of its 90 s was taken.");
    }

    [Fact]
    public void A_peer_whose_Allow_was_not_true_gets_a_re_INVITE()
    {
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac", TakesUpdate);
        Script.Passes(45.1);
        callee.Gets("UPDATE");

        callee.Sends(405, to: "UPDATE");
        Script.Passes(0.1);

        callee.Gets("INVITE");
        callee.Sends(200, Sdp.Answer(callee.LastSdp, callee.Phone.Address), headers: "Session-Expires: 90;refresher=uac");
        callee.Gets("ACK");
        Ends(call, callee);
    }
}
