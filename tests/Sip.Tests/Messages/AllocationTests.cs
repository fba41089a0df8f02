using System.Net;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Testing;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

/// <summary>What the packet path may not do: allocate.</summary>
public sealed class AllocationTests
{
    private readonly SipMessage _message = new();
    private readonly SipWriter _writer = new();
    private readonly byte[] _wire = InviteWith("Max-Forwards: 70", "Max-Forwards: 70\nSupported: timer,\n 100rel, outbound\nX-Own: \"a\"\nRoute: <sip:p;lr>");
    private readonly IPEndPoint _source = new(IPAddress.Parse("::ffff:192.0.2.1"), 5060);

    [Fact]
    public void Parsing_allocates_nothing() => Allocations.AssertNone(() =>
    {
        Assert.True(_message.TryParse(_wire, SipLimits.Default, out _));
        Assert.True(_message.TryGetRequestUri(out _, out _));
        Assert.True(_message.TryGetTopVia(out _));
        Assert.True(_message.TryGetTo(out _));
        Assert.True(_message.HasToken(SipHeaderName.Supported, "outbound"u8));
        Assert.True(_message.CanBeAnswered);
        _ = SipMessage.HashCallId(_message.CallId);
    });

    [Fact]
    public void Refusing_allocates_nothing()
    {
        var wire = InviteWith("CSeq: 314159", "CSeq: 99999999999");
        Allocations.AssertNone(() => Assert.False(_message.TryParse(wire, SipLimits.Default, out _)));
    }

    [Fact]
    public void Answering_allocates_nothing()
    {
        Assert.True(_message.TryParse(_wire, SipLimits.Default, out _));
        Allocations.AssertNone(() =>
        {
            SipResponse.Start(_writer, _message, 200, _source, "tag"u8);
            _writer.Address(SipHeaderName.Contact, default, "sip:192.0.2.1"u8);
            _writer.Body("application/sdp"u8, _message.Body);
        });
    }

    [Fact]
    public void Writing_a_request_allocates_nothing()
    {
        Assert.True(_message.TryParse(_wire, SipLimits.Default, out _));
        Allocations.AssertNone(() =>
        {
            _writer.RequestLine(SipMethod.Invite, "sip:bob@192.0.2.9"u8);
            _writer.Via("UDP"u8, "192.0.2.1"u8, "z9hG4bK1"u8);
            _writer.Header(SipHeaderName.MaxForwards, 69);
            _writer.Address(SipHeaderName.From, "Alice \"A\""u8, "sip:a@b"u8, "t"u8);
            _writer.CSeq(1, "INVITE"u8);
            _writer.CopyLines(_message, SipHeaderName.Supported);
            _writer.CopyBody(_message);
        });
    }

    [Fact]
    public void A_challenge_and_its_check_allocate_nothing()
    {
        var nonces = new NonceSource(new byte[32], 1, TimeSpan.FromMinutes(1), new FakeClock());
        var ha1 = new byte[16];
        var header = "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:r\", response=\"00112233445566778899aabbccddeeff\", qop=auth, nc=00000001, cnonce=\"c\""u8.ToArray();
        Allocations.AssertNone(() =>
        {
            var nonce = nonces.Create(stackalloc byte[NonceSource.NonceLength]);
            _writer.StatusLine(401);
            new DigestChallenge { Realm = "r"u8, Nonce = nonce, Algorithm = DigestAlgorithm.Sha256 }.Write(_writer, SipHeaderName.WwwAuthenticate);
            Assert.True(nonces.Check(nonce, out _) == NonceVerdict.Valid);
            Assert.True(DigestCredentials.TryParse(header, out var credentials, out _));
            Assert.False(DigestResponse.Verify(ha1, "REGISTER"u8, credentials));
        });
    }

    [Fact]
    public void Headers_allocate_nothing() => Allocations.AssertNone(() =>
    {
        Assert.True(ContactHeader.TryParse("\"A\" <sip:a@[2001:db8::1]:5060;ob>;expires=60;q=0.5;+sip.instance=\"<urn:uuid:1>\""u8, out var contact, out _));
        Assert.True(contact.Expires == 60);
        Assert.True(contact.Address.TryGetUri(out var uri, out _));
        Assert.True(uri.IsEquivalentTo(uri));
    });
}
