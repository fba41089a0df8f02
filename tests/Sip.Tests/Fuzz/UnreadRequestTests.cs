using System.Net;
using System.Text;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Fuzzing;

namespace TekSipCloud.Sip.Tests.Fuzz;

/// <summary>A request that is refused without being read gets the answer that reading it would give (RFC 3261 §8.2.6).</summary>
public sealed class UnreadRequestTests
{
    private static readonly IPEndPoint Source = new(IPAddress.Parse("192.0.2.77"), 40_960);
    private readonly SipMessage _message = new() { IsLent = true };
    private readonly SipWriter _read = new();
    private readonly SipWriter _unread = new();
    private int _found;
    private int _compared;

    [Fact]
    public async Task Whatever_comes_gets_the_answer_that_reading_would_give()
    {
        await new FuzzRun("unread", 40_000).Check(new SipMutator(FuzzCorpus.ReadMessages()).Next, Check);

        Assert.InRange(_compared, 200, int.MaxValue);
        Assert.InRange(_found, _compared, int.MaxValue);
    }

    [Theory]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn\r\n")]
    [InlineData("v: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn\r\n")]
    [InlineData("f: <sip:b@example.com>;tag=2\r\n")]
    [InlineData("Route: <sip:192.0.2.1;lr>\r\n")]
    [InlineData("Authorization: Digest username=\"a\"\r\n")]
    [InlineData("proxy-authorization: Digest username=\"a\"\r\n")]
    [InlineData("Subject: folded\r\n here\r\n")]
    public void What_may_be_more_than_it_seems_is_read(string line) => Assert.False(UnreadRequest.TryFind(Invite(line), out _));

    [Fact]
    public void What_is_within_a_dialog_is_read() => Assert.False(UnreadRequest.TryFind(Invite("", ";TAG=7"), out _));

    [Theory]
    [InlineData("ACK")]
    [InlineData("BYE")]
    [InlineData("CANCEL")]
    [InlineData("OPTIONS")]
    [InlineData("invite")]
    public void Only_INVITE_and_REGISTER_are_refused_unread(string method) =>
        Assert.False(UnreadRequest.TryFind(Invite("", method: method), out _));

    [Fact]
    public void What_an_answer_needs_is_found()
    {
        Assert.True(UnreadRequest.TryFind(Invite("Subject: any\r\n"), out var request));

        Assert.True(request.Method.SequenceEqual("INVITE"u8));
        Assert.True(request.RequestUser.SequenceEqual("n0.x"u8));
        Assert.True(request.Via.SequenceEqual("SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bKc"u8));
        Assert.True(request.To.SequenceEqual("<sip:b@example.com>"u8));
        Assert.True(request.CallId.SequenceEqual("c"u8));
        Assert.True(request.CSeq.SequenceEqual("1 INVITE"u8));
    }

    [Fact]
    public void Finding_allocates_nothing()
    {
        var invite = Invite("Subject: any\r\n");
        Allocations.AssertNone(() => UnreadRequest.TryFind(invite, out _));
    }

    private void Check(byte[] bytes)
    {
        if (!UnreadRequest.TryFind(bytes, out var request))
            return;

        _found++;
        SipResponse.Start(_unread, request, 503, Source, "tag"u8);
        _unread.End();
        Assert.True(new SipMessage().TryParse(_unread.Written.ToArray(), SipLimits.Default, out _) || !IsRead(bytes));
        if (!IsRead(bytes))
            return;

        _compared++;
        Assert.True(_message.Method is SipMethod.Invite or SipMethod.Register);
        Assert.True(_message.TryGetTo(out var to) && to.Tag.IsEmpty);
        SipResponse.Start(_read, _message, 503, Source, "tag"u8);
        _read.End();
        Assert.Equal(Encoding.Latin1.GetString(_read.Written), Encoding.Latin1.GetString(_unread.Written));
    }

    private bool IsRead(byte[] bytes) => _message.TryParse(bytes.ToArray(), SipLimits.Default, out _);

    private static byte[] Invite(string line, string toParameters = "", string method = "INVITE") => Encoding.ASCII.GetBytes($"""
        {method} sip:n0.x@example.com SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bKc
        {line}From: <sip:a@example.com>;tag=1
        To: <sip:b@example.com>{toParameters}
        Call-ID: c
        CSeq: 1 {method}
        Max-Forwards: 70
        Content-Length: 0


        """.ReplaceLineEndings("\r\n"));
}
