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
    private readonly ViaSource _source = new(Source);
    private readonly SipMessage _message = new() { IsLent = true };
    private readonly SipWriter _read = new();
    private readonly UnreadRefusal _refusal = new(503, RetryAfter);
    private byte[] _unread = [];
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
    [InlineData("SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bKc")]
    [InlineData("SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKc;rport")]
    [InlineData("SIP/2.0/UDP host_a.example.com:5070;branch=z9hG4bKc;RPORT;alias;x=1")]
    [InlineData("SIP/2.0/UDP [2001:db8::1]:5070;Branch=z9hG4bKc;ttl=1")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc")]
    [InlineData("SIP/2.0/UDP 192.0.2.77:40960;branch=z9hG4bKc")]
    [InlineData("SIP/2.0/UDP 192.0.2.77;branch=z9hG4bKc;rport")]
    [InlineData("SIP/2.0/UDP [2001:DB8::77];branch=z9hG4bKc", "2001:db8::77")]
    [InlineData("SIP/2.0/UDP [2001:db8::78];branch=z9hG4bKc", "2001:db8::77")]
    [InlineData("SIP/2.0/UDP [2001:db8::78];branch=z9hG4bKc;rport", "2001:db8::77")]
    public void A_Via_says_where_the_request_came_from_as_if_it_were_read(string via, string source = "192.0.2.77")
    {
        // RFC 3261 §18.2.1, RFC 3581 §4
        var endpoint = new IPEndPoint(IPAddress.Parse(source), 40_960);
        var bytes = Invite("", via: via);
        Assert.True(UnreadRequest.TryFind(bytes, out var request));

        var unread = _refusal.Write(request, new ViaSource(endpoint), "tag"u8, ref _unread);
        Assert.Equal(Answer(bytes, endpoint), Encoding.Latin1.GetString(unread));
    }

    [Theory]
    [InlineData("SIP/2.0/TCP 192.0.2.1;rport;branch=z9hG4bKc")]
    [InlineData("SIP / 2.0 / UDP 192.0.2.1;rport;branch=z9hG4bKc")]
    [InlineData("SIP/2.0/UDP 192.0.2.1 ;rport;branch=z9hG4bKc")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bKc, SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKd")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;rport;branch=1")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;rport")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;rport=5060;branch=z9hG4bKc")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;rport;rport;branch=z9hG4bKc")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc;branch=z9hG4bKd")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;received=192.0.2.2;branch=z9hG4bKc")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc;x=\";rport\"")]
    [InlineData("SIP/2.0/UDP 192.0.2.1:99999;branch=z9hG4bKc")]
    [InlineData("SIP/2.0/UDP")]
    public void A_Via_that_is_not_plain_is_read(string via) => Assert.False(UnreadRequest.TryFind(Invite("", via: via), out _));

    [Fact]
    public void Lines_of_any_length_are_found()
    {
        for (var length = 0; length < 3 * PlainLines.LeastBytes; length++)
        {
            var bytes = Invite($"Subject: {new string('x', length)}\r\n");
            Assert.True(UnreadRequest.TryFind(bytes, out var request), $"{length}");
            Assert.Equal(Answer(bytes, Source), Encoding.Latin1.GetString(_refusal.Write(request, _source, "tag"u8, ref _unread)));
        }
    }

    [Theory]
    [InlineData('\r')]
    [InlineData('\n')]
    [InlineData('\0')]
    [InlineData('\u007f')]
    public void A_control_character_is_found_wherever_it_stands(char control)
    {
        for (var length = 0; length < 2 * PlainLines.LeastBytes; length++)
        {
            var bytes = Invite($"Subject: {new string('x', length)}?x\r\n");
            bytes[bytes.IndexOf((byte)'?')] = (byte)control;
            Assert.False(UnreadRequest.TryFind(bytes, out _), $"{length}");
        }
    }

    [Fact]
    public void What_ends_before_its_body_is_read()
    {
        var invite = Invite("");
        for (var length = 0; length < invite.Length; length++)
            Assert.False(UnreadRequest.TryFind(invite.AsSpan(0, length), out _), $"{length}");
    }

    [Theory]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn\r\n")]
    [InlineData("v: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn\r\n")]
    [InlineData("f: <sip:b@example.com>;tag=2\r\n")]
    [InlineData("Route: <sip:192.0.2.1;lr>\r\n")]
    [InlineData("ROUTE: <sip:192.0.2.1;lr>\r\n")]
    [InlineData("To : <sip:c@example.com>\r\n")]
    [InlineData("i: d\r\n")]
    [InlineData("cseq: 2 INVITE\r\n")]
    [InlineData("CALL-ID: d\r\n")]
    [InlineData("p\r\n")]
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
        Assert.True(UnreadRequest.TryFind(Invite("Subject: any\r\nContact: <sip:a@192.0.2.1>\r\nAllow: INVITE\r\nRequire: x\r\n"), out var request));

        Assert.True(request.Method.SequenceEqual("INVITE"u8));
        Assert.True(request.RequestUser.SequenceEqual("n0.x"u8));
        Assert.True(request.Via.Branch.SequenceEqual("z9hG4bKc"u8));
        Assert.True(request.Via.HasRport);
        Assert.True(request.To.SequenceEqual("<sip:b@example.com>"u8));
        Assert.True(request.CallId.SequenceEqual("c"u8));
        Assert.True(request.CSeq.SequenceEqual("1 INVITE"u8));
    }

    [Fact]
    public void Finding_and_answering_allocate_nothing()
    {
        var invite = Invite("Subject: any\r\n");
        _unread = new byte[2_048];
        Allocations.AssertNone(() =>
        {
            if (UnreadRequest.TryFind(invite, out var request))
                _refusal.Write(request, _source, "tag"u8, ref _unread);
        });
    }

    private void Check(byte[] bytes)
    {
        if (!UnreadRequest.TryFind(bytes, out var request))
            return;

        _found++;
        var unread = _refusal.Write(request, _source, "tag"u8, ref _unread).ToArray();
        Assert.True(new SipMessage().TryParse(unread, SipLimits.Default, out _) || !IsRead(bytes));
        if (!IsRead(bytes))
            return;

        _compared++;
        Assert.True(_message.Method is SipMethod.Invite or SipMethod.Register);
        Assert.True(_message.TryGetTo(out var to) && to.Tag.IsEmpty);
        Assert.Equal(Answer(bytes, Source), Encoding.Latin1.GetString(unread));
    }

    /// <summary>What reading it gives.</summary>
    private string Answer(byte[] bytes, IPEndPoint source)
    {
        Assert.True(IsRead(bytes));
        SipResponse.Start(_read, _message, 503, source, "tag"u8);
        RetryAfter(_read);
        _read.End();
        return Encoding.Latin1.GetString(_read.Written);
    }

    private static void RetryAfter(SipWriter writer) => writer.Header(SipHeaderName.RetryAfter, 12);

    private bool IsRead(byte[] bytes) => _message.TryParse(bytes.ToArray(), SipLimits.Default, out _);

    private static byte[] Invite(
        string line, string toParameters = "", string method = "INVITE", string via = "SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bKc") =>
        Encoding.Latin1.GetBytes($"""
        {method} sip:n0.x@example.com SIP/2.0
        Via: {via}
        {line}From: <sip:a@example.com>;tag=1
        To: <sip:b@example.com>{toParameters}
        Call-ID: c
        CSeq: 1 {method}
        Max-Forwards: 70
        Content-Length: 0


        """.ReplaceLineEndings("\r\n"));
}
