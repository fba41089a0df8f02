using System.Net;
using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

public sealed class SipResponseTests
{
    private const string Via = "SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds";
    private static readonly IPEndPoint Source = new(IPAddress.Parse("192.0.2.1"), 5061);

    [Fact]
    public void A_response_carries_what_RFC_3261_8_2_6_2_asks_for()
    {
        var written = Respond(ToWire(Invite), 486);

        Assert.Equal(
            """
            SIP/2.0 486 Busy Here
            Via: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds;received=192.0.2.1
            From: Alice <sip:alice@atlanta.example.com>;tag=1928301774
            To: Bob <sip:bob@biloxi.example.com>;tag=ours
            Call-ID: a84b4c76e66710@pc33.atlanta.example.com
            CSeq: 314159 INVITE
            Content-Length: 0


            """.ReplaceLineEndings("\r\n"),
            written);
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=b", "SIP/2.0/UDP 192.0.2.1;branch=b", "RFC 3261 §18.2.1: same address")]
    [InlineData("SIP/2.0/UDP 192.0.2.7;branch=b", "SIP/2.0/UDP 192.0.2.7;branch=b;received=192.0.2.1", "RFC 3261 §18.2.1: other address")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;rport;branch=b", "SIP/2.0/UDP 192.0.2.1;branch=b;received=192.0.2.1;rport=5061", "RFC 3581 §4")]
    [InlineData("SIP/2.0/UDP a;rport=1;received=9.9.9.9;branch=b", "SIP/2.0/UDP a;branch=b;received=192.0.2.1;rport=5061", "claims")]
    [InlineData("SIP / 2.0 / UDP a : 5060 ; branch = b;x", "SIP / 2.0 / UDP a : 5060;branch=b;x;received=192.0.2.1", "white space")]
    public void The_topmost_Via_says_where_the_request_came_from(string via, string expected, string why)
    {
        var written = Respond(InviteWith(Via, via), 200);

        Assert.True(written.Contains($"\r\nVia: {expected}\r\n", StringComparison.Ordinal), $"{why}: {written}");
    }

    [Fact]
    public void The_Via_stack_keeps_its_order_and_only_the_topmost_changes()
    {
        var written = Respond(InviteWith("Via: " + Via, "Via: SIP/2.0/UDP a;branch=1, SIP/2.0/TCP b;branch=2\nv: SIP/2.0/TLS c;branch=3"), 200);

        Assert.Contains(
            "\r\nVia: SIP/2.0/UDP a;branch=1;received=192.0.2.1\r\nVia: SIP/2.0/TCP b;branch=2\r\nVia: SIP/2.0/TLS c;branch=3\r\nFrom",
            written,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", "")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.2", ";received=192.0.2.1")]
    [InlineData("2001:db8::1", "[2001:db8::1]", "")]
    [InlineData("2001:db8::1", "[2001:db8::2]", ";received=2001:db8::1")]
    public void A_source_is_received_as_the_address_it_is_RFC_5118_4_5_and_4_9(string source, string host, string expected)
    {
        var writer = new SipWriter();
        writer.StatusLine(200);
        writer.CopyVias(SipMessage.Parse(InviteWith("pc33.atlanta.example.com;branch", host + ";branch")), new(IPAddress.Parse(source), 5060));

        Assert.EndsWith($"Via: SIP/2.0/UDP {host};branch=z9hG4bK776asdhds{expected}\r\n", Text(writer.Written), StringComparison.Ordinal);
    }

    [Fact]
    public void A_To_tag_of_the_request_stays() =>
        Assert.Contains(
            "To: Bob <sip:bob@biloxi.example.com>;tag=theirs\r\n",
            Respond(InviteWith("biloxi.example.com>", "biloxi.example.com>;tag=theirs"), 200),
            StringComparison.Ordinal);

    [Fact]
    public void A_100_carries_the_Timestamp_and_needs_no_tag_RFC_3261_8_2_6_1()
    {
        var written = Respond(InviteWith("Max-Forwards", "Timestamp: 54\nMax-Forwards"), 100, tag: "");

        Assert.Contains("\r\nTimestamp: 54\r\n", written, StringComparison.Ordinal);
        Assert.Contains("To: Bob <sip:bob@biloxi.example.com>\r\n", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bob <sip:bob@biloxi.example.com>", "\"Mr. J. User <sip:j@example.com>")]
    [InlineData(Via, "SIP/2.0/UDP 192.0.2.15;;,;,,")]
    [InlineData("CSeq: 314159", "CSeq: 36893488147419103232")]
    public void A_malformed_request_is_answered_with_its_own_headers(string old, string @new)
    {
        var written = Respond(InviteWith(old, @new), 400);

        Assert.Contains("400 Bad Request", written, StringComparison.Ordinal);
        Assert.Contains(@new.Split(',')[0], written, StringComparison.Ordinal);
    }

    [Fact]
    public void Quoted_control_characters_go_back_as_they_came_RFC_4475_3_1_1_2() =>
        Assert.Contains(
            "To: \"BEL:\\\a NUL:\\\0 DEL:\\\x7f\" <sip:b@c>;tag=ours\r\n",
            Respond(InviteWith("Bob <sip:bob@biloxi.example.com>", "\"BEL:\\\a NUL:\\\0 DEL:\\\x7f\" <sip:b@c>"), 405),
            StringComparison.Ordinal);

    [Fact]
    public void A_CANCEL_matches_its_INVITE_RFC_3261_9_1()
    {
        var writer = new SipWriter();
        SipRequest.WriteCancel(writer, SipMessage.Parse(InviteWith("Max-Forwards: 70", "Route: <sip:p1;lr>, <sip:p2;lr>\nMax-Forwards: 70")));

        Assert.Equal(
            """
            CANCEL sip:bob@biloxi.example.com SIP/2.0
            Via: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds
            Route: <sip:p1;lr>, <sip:p2;lr>
            Max-Forwards: 70
            From: Alice <sip:alice@atlanta.example.com>;tag=1928301774
            Call-ID: a84b4c76e66710@pc33.atlanta.example.com
            CSeq: 314159 CANCEL
            To: Bob <sip:bob@biloxi.example.com>
            Content-Length: 0


            """.ReplaceLineEndings("\r\n"),
            Text(writer.Written));
    }

    [Fact]
    public void An_ACK_to_a_refusal_has_the_responses_To_RFC_3261_17_1_1_3()
    {
        var writer = new SipWriter();
        var response = SipMessage.Parse(System.Text.Encoding.UTF8.GetBytes(Respond(ToWire(Invite), 486)));

        SipRequest.WriteAck(writer, SipMessage.Parse(ToWire(Invite)), response);

        var ack = SipMessage.Parse(writer.Written.ToArray());
        Assert.Equal(SipMethod.Ack, ack.Method);
        Assert.True(ack.TryGetTo(out var to));
        Assert.Equal("ours", Text(to.Tag));
        Assert.True(ack.TryGetCSeq(out var cseq, out _));
        Assert.Equal(314159u, cseq.Number);
    }

    private static string Respond(byte[] request, int status, string tag = "ours")
    {
        var message = new SipMessage();
        var isWhole = message.TryParse(request, SipLimits.Default, out _);
        Assert.True(isWhole || message.CanBeAnswered);

        var writer = new SipWriter();
        SipResponse.Start(writer, message, status, Source, System.Text.Encoding.ASCII.GetBytes(tag));
        writer.End();
        return Text(writer.Written);
    }
}
