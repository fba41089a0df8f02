using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>A known caller's INVITE that cannot become a call is in the history, with the one reason for its answer.</summary>
public sealed class RefusedAttemptTests : GatewayTest
{
    [Theory]
    [InlineData(415, "Content-Encoding: gzip", "The INVITE's body is of a kind or an encoding that is not read here.")]
    [InlineData(406, "Accept: text/plain", "The caller takes no SDP, and every answer is SDP.")]
    [InlineData(422, "Supported: timer\r\nSession-Expires: 30", "The session's interval that the INVITE asks for is too short.")]
    [InlineData(400, "Session-Expires: soon", "What the INVITE says of its session's time cannot be read.")]
    public async Task What_is_wrong_with_the_INVITE_is_its_terminal_reason(int status, string header, string reason)
    {
        // RFC 3261 §8.1.1.8, §21.4.7, §21.4.13, RFC 4028 §6
        var call = Script.Registered("101").Invites("102", "", header.Split("\r\n"));

        call.GetsRefusal(status);

        await AssertBooked(status, reason);
    }

    [Fact]
    public async Task A_description_that_cannot_be_read_is_the_terminal_reason()
    {
        var call = Script.Registered("101").Invites("102", "v=0\r\nnonsense\r\n");

        call.GetsRefusal(400);

        await AssertBooked(400, "The INVITE's description of its session cannot be read.");
    }

    [Fact]
    public async Task An_offer_of_nothing_that_can_be_carried_is_the_terminal_reason()
    {
        var alice = Script.Registered("101");

        var call = alice.Invites("102", Sdp.Of(alice.Address).Replace("m=audio", "m=application", StringComparison.Ordinal));

        call.GetsRefusal(488);
        Assert.Equal("application/sdp", SipText.Header(call.Last, "Accept"));
        await AssertBooked(488, reason: null);
    }

    [Fact]
    public async Task A_stranger_s_attempts_are_in_no_book()
    {
        // No state before authentication.
        Script.Phone("101").Invites("102", "", "Accept: text/plain").Gets(407);

        await Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10));

        Assert.Empty(Script.Grains.Book.Calls);
    }

    [Fact]
    public void However_much_was_noted_the_log_ends_with_the_end()
    {
        var log = new DecisionLog(new FakeClock());
        for (var line = 0; line < 500; line++)
            log.Add("redirection", $"{line}");

        log.End("The caller gave up.");

        var lines = log.Read();
        Assert.Equal(200, lines.Length);
        Assert.Equal(("end", "The caller gave up."), (lines[^1].Step, lines[^1].Text));
        Assert.Equal("198", lines[^2].Text);
    }

    private async Task AssertBooked(int status, string? reason)
    {
        await Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10));
        var record = Assert.Single(Script.Grains.Book.Calls)[^1].End!;
        Assert.Equal((status, CallEnd.System), (record.Status, record.EndedBy));
        Assert.Equal(record.Reason, Assert.Single(record.Decisions, decision => decision.Step == "end").Text);
        Assert.Equal(reason ?? record.Reason, record.Reason);
    }
}
