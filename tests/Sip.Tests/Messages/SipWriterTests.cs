using System.Net;
using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

public sealed class SipWriterTests
{
    private readonly SipWriter _writer = new(16);

    [Fact]
    public void A_request_from_scratch_is_byte_for_byte_what_was_asked()
    {
        _writer.RequestLine(SipMethod.Invite, "sip:bob@192.0.2.9:5062"u8);
        _writer.Via("UDP"u8, "198.51.100.1:5060"u8, "z9hG4bKabc"u8);
        _writer.Header(SipHeaderName.MaxForwards, 69);
        _writer.Address(SipHeaderName.From, "Alice \"A\""u8, "sip:alice@example.com"u8, "ft"u8);
        _writer.Address(SipHeaderName.To, default, "sip:bob@example.com"u8);
        _writer.Header(SipHeaderName.CallId, "id1"u8);
        _writer.CSeq(7, "INVITE"u8);
        _writer.Address(SipHeaderName.Contact, default, "sip:198.51.100.1:5060"u8);
        _writer.Body("application/sdp"u8, "v=0\r\n"u8);

        const string expected =
            "INVITE sip:bob@192.0.2.9:5062 SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP 198.51.100.1:5060;rport;branch=z9hG4bKabc\r\n"
            + "Max-Forwards: 69\r\n"
            + "From: \"Alice \\\"A\\\"\" <sip:alice@example.com>;tag=ft\r\n"
            + "To: <sip:bob@example.com>\r\n"
            + "Call-ID: id1\r\n"
            + "CSeq: 7 INVITE\r\n"
            + "Contact: <sip:198.51.100.1:5060>\r\n"
            + "Content-Type: application/sdp\r\n"
            + "Content-Length: 5\r\n\r\nv=0\r\n";
        Assert.Equal(expected, Text(_writer.Written));
    }

    [Fact]
    public void A_Via_may_offer_its_connection()
    {
        // RFC 5923 §8.1
        _writer.RequestLine(SipMethod.Options, "sip:a@b"u8);
        _writer.Via("TLS"u8, "sip.example.com:5061"u8, "z9hG4bK1"u8, hasAlias: true);

        Assert.Contains("\r\nVia: SIP/2.0/TLS sip.example.com:5061;rport;alias;branch=z9hG4bK1\r\n", Text(_writer.Written), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nInjected: b")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    public void A_value_that_would_start_another_line_is_refused(string value)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(value);
        _writer.RequestLine(SipMethod.Options, "sip:a@b"u8);

        Assert.Throws<ArgumentException>(() => _writer.Header(SipHeaderName.Subject, bytes));
        Assert.Throws<ArgumentException>(() => _writer.Header("X-A"u8, bytes));
        Assert.Throws<ArgumentException>(() => _writer.Header(bytes, "x"u8));
        Assert.Throws<ArgumentException>(() => _writer.Address(SipHeaderName.To, default, bytes));
        Assert.Throws<ArgumentException>(() => _writer.Address(SipHeaderName.To, default, "sip:a@b"u8, bytes));
        Assert.Throws<ArgumentException>(() => _writer.CSeq(1, bytes));
        Assert.Throws<ArgumentException>(() => _writer.Via("UDP"u8, bytes, "b"u8));
        Assert.Throws<ArgumentException>(() => _writer.Body(bytes, default));
        Assert.Throws<ArgumentException>(() => _writer.RequestLine(SipMethod.Options, bytes));
        Assert.Throws<ArgumentException>(() => _writer.RequestLine(bytes, "sip:a@b"u8));
        Assert.Throws<ArgumentException>(() => _writer.StatusLine(200, bytes));
    }

    [Fact]
    public void A_display_name_that_a_person_typed_cannot_break_out()
    {
        _writer.RequestLine(SipMethod.Options, "sip:a@b"u8);
        _writer.Address(SipHeaderName.From, "a\r\nVia: x\0\\\""u8, "sip:a@b"u8);

        Assert.EndsWith("From: \"a  Via: x \\\\\\\"\" <sip:a@b>\r\n", Text(_writer.Written), StringComparison.Ordinal);
    }

    [Fact]
    public void Content_Length_is_written_by_the_writer_alone()
    {
        _writer.RequestLine(SipMethod.Options, "sip:a@b"u8);

        Assert.Throws<ArgumentException>(() => _writer.Header(SipHeaderName.ContentLength, 5));
        Assert.Throws<ArgumentException>(() => _writer.Header("content-length"u8, "5"u8));
        Assert.Throws<ArgumentException>(() => _writer.Header("l"u8, "5"u8));
    }

    [Fact]
    public void Headers_stand_between_a_start_line_and_the_end()
    {
        Assert.Throws<InvalidOperationException>(() => _writer.Header(SipHeaderName.Subject, "x"u8));
        _writer.StatusLine(200);
        _writer.End();
        Assert.Throws<InvalidOperationException>(() => _writer.Header(SipHeaderName.Subject, "x"u8));
    }

    [Fact]
    public void Lines_are_copied_with_their_values_as_sent_and_in_order()
    {
        var message = SipMessage.Parse(InviteWith(
            "Max-Forwards: 70", "Max-Forwards: 70\nk: timer , 100rel\nX-Trunk:  a;b=\"c\\\0d\"\nSupported:\n outbound"));
        _writer.StatusLine(200);

        Assert.Equal(2, _writer.CopyLines(message, SipHeaderName.Supported));
        foreach (var line in message.Lines)
        {
            if (SipToken.EqualsIgnoreCase(line.NameBytes, "x-trunk"u8))
                _writer.CopyLine(line);
        }

        Assert.EndsWith(
            "Supported: timer , 100rel\r\nSupported: outbound\r\nX-Trunk: a;b=\"c\\ d\"\r\n", Text(_writer.Written), StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_is_copied_with_what_describes_it()
    {
        var message = SipMessage.Parse(InviteWith("Content-Type", "Content-Disposition: session\nContent-Type"));
        _writer.StatusLine(200);
        _writer.CopyBody(message);

        Assert.EndsWith(
            "OK\r\nContent-Type: application/sdp\r\nContent-Disposition: session\r\nContent-Length: 4\r\n\r\nv=0\n",
            Text(_writer.Written),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    public void An_address_is_written_plain_and_mapped_IPv4_as_IPv4_RFC_5118_4_9(string address, string expected)
    {
        _writer.StatusLine(200);
        _writer.StartHeader(SipHeaderName.Subject);
        _writer.Append(IPAddress.Parse(address));
        _writer.EndHeader();

        Assert.EndsWith($"Subject: {expected}\r\n", Text(_writer.Written), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(700)]
    public void A_status_is_between_100_and_699(int status) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.StatusLine(status));

    [Theory]
    [InlineData(180, "Ringing")]
    [InlineData(423, "Interval Too Brief")]
    [InlineData(499, "Bad Request")]
    [InlineData(599, "Server Internal Error")]
    [InlineData(699, "Busy Everywhere")]
    [InlineData(299, "OK")]
    public void A_status_has_the_phrase_of_its_code_or_class_RFC_3261_8_1_3_2(int status, string expected) =>
        Assert.Equal(expected, Text(SipStatus.Reason(status)));

    [Fact]
    public void Every_method_is_found_by_its_token()
    {
        foreach (var method in Enum.GetValues<SipMethod>().Where(method => method != SipMethod.Unknown))
            Assert.Equal(method, SipMethods.Parse(SipMethods.Token(method)));
        Assert.Equal(SipMethod.Unknown, SipMethods.Parse("invite"u8));
    }
}
