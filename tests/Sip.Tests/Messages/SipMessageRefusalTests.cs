using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

public sealed class SipMessageRefusalTests
{
    private const string Start = "INVITE sip:bob@biloxi.example.com SIP/2.0";

    [Theory]
    [InlineData("INVITE  sip:bob@biloxi.example.com SIP/2.0", SipParseError.BadRequestUri, "RFC 4475 §3.1.2.9")]
    [InlineData("INVITE sip:bob@biloxi.example.com SIP/2.0  ", SipParseError.BadStartLine, "RFC 4475 §3.1.2.10")]
    [InlineData("INVITE sip:bob@biloxi.example.com; lr SIP/2.0", SipParseError.BadRequestUri, "RFC 4475 §3.1.2.8")]
    [InlineData("INVITE <sip:bob@biloxi.example.com> SIP/2.0", SipParseError.BadRequestUri, "RFC 4475 §3.1.2.7")]
    [InlineData("INVITE sip:bob@biloxi.example.com?Route=%3Csip:a.b%3E SIP/2.0", SipParseError.BadRequestUri, "RFC 4475 §3.1.2.11")]
    [InlineData("INVITE sip:bob@biloxi.example.com SIP/7.0", SipParseError.UnsupportedVersion, "RFC 4475 §3.1.2.16")]
    [InlineData("INVITE sip:bob@biloxi.example.com SIP/3", SipParseError.BadStartLine, "no minor version")]
    [InlineData("INVITE sip:bob@biloxi.example.com", SipParseError.BadStartLine, "no version")]
    [InlineData("INVITE", SipParseError.BadStartLine, "method alone")]
    [InlineData(" INVITE sip:bob@biloxi.example.com SIP/2.0", SipParseError.BadStartLine, "leading space")]
    [InlineData("INV(ITE sip:bob@biloxi.example.com SIP/2.0", SipParseError.BadMethod, "no token")]
    [InlineData("INVITE bob SIP/2.0", SipParseError.BadRequestUri, "no URI")]
    [InlineData("INVITE sip:bob@bil\0oxi SIP/2.0", SipParseError.ControlCharacter, "NUL")]
    [InlineData("SIP/2.0 4294967301 better not break the receiver", SipParseError.BadStatusCode, "RFC 4475 §3.1.2.19")]
    [InlineData("SIP/2.0 99 low", SipParseError.BadStatusCode, "below 100")]
    [InlineData("SIP/2.0 700 high", SipParseError.BadStatusCode, "above 699")]
    [InlineData("SIP/2.0 2x0 odd", SipParseError.BadStatusCode, "no number")]
    [InlineData("SIP/1.0 200 OK", SipParseError.UnsupportedVersion, "another version")]
    public void A_start_line_with_a_fault_is_refused(string line, SipParseError expected, string why) =>
        Assert.True(ErrorOf(InviteWith(Start, line)) == expected, why + ErrorOf(InviteWith(Start, line)));

    [Theory]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 70, 70", SipParseError.BadNumber, "several values in a single-value header")]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 256", SipParseError.BadNumber, "RFC 3261 §20.22: 0–255")]
    [InlineData("Max-Forwards: 70", "Max-Forwards: -1", SipParseError.BadNumber, "negative")]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 70\nMax-Forwards: 70", SipParseError.DuplicateHeader, "RFC 4475 §3.3.8")]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 70\nf: <sip:x@y>;tag=1", SipParseError.DuplicateHeader, "twice, once compact")]
    [InlineData("Max-Forwards: 70", "Expires: soon", SipParseError.BadNumber, "RFC 3261 §20.19")]
    [InlineData("Content-Length: 4", "Content-Length: 4\nContent-Length: 4", SipParseError.DuplicateHeader, "RFC 4475 §3.3.9")]
    [InlineData("Content-Length: 4", "Content-Length: 4\nl : 0", SipParseError.DuplicateHeader, "smuggled by a space and a compact form")]
    [InlineData("Content-Length: 4", "Content-Length: 4, 4", SipParseError.BadContentLength, "several values")]
    [InlineData("Content-Length: 4", "Content-Length: -999", SipParseError.BadContentLength, "RFC 4475 §3.1.2.3")]
    [InlineData("Content-Length: 4", "Content-Length: 9999", SipParseError.BadContentLength, "RFC 4475 §3.1.2.2")]
    [InlineData("Content-Length: 4", "Content-Length: 4294967300", SipParseError.BadContentLength, "2^32 + 4")]
    [InlineData("Content-Length: 4", "Content-Length: 18446744073709551620", SipParseError.BadContentLength, "2^64 + 4")]
    [InlineData("Content-Length: 4", "Content-Length: 0x4", SipParseError.BadContentLength, "hexadecimal")]
    [InlineData("Content-Length: 4", "Content-Length:", SipParseError.BadContentLength, "empty")]
    [InlineData("Content-Length: 4", "Content-Length: +4", SipParseError.BadContentLength, "signed")]
    [InlineData("CSeq: 314159 INVITE", "CSeq: 314159 OPTIONS", SipParseError.BadMethod, "RFC 4475 §3.1.2.17")]
    [InlineData("CSeq: 314159 INVITE", "CSeq: 36893488147419103232 INVITE", SipParseError.BadNumber, "RFC 4475 §3.1.2.4")]
    [InlineData("CSeq: 314159 INVITE\n", "", SipParseError.MissingHeader, "RFC 4475 §3.3.1")]
    [InlineData("Via: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds\n", "", SipParseError.MissingHeader, "no Via")]
    [InlineData("Via: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds", "Via: ,", SipParseError.MissingHeader, "no value")]
    [InlineData("pc33.atlanta.example.com;branch", "pc33.atlanta.example.com;;,;,,branch", SipParseError.BadParameter, "RFC 4475 §3.1.2.1")]
    [InlineData("Bob <sip:bob@biloxi.example.com>", "\"Mr. J. User <sip:j.user@example.com>", SipParseError.BadQuotedString, "RFC 4475 §3.1.2.6")]
    [InlineData("Bob <sip:bob@biloxi.example.com>", "\"Watson\" < sip:w@example.org >", SipParseError.BadAddress, "RFC 4475 §3.1.2.14")]
    [InlineData("From: Alice", "From: Bell, Alexander", SipParseError.BadAddress, "RFC 4475 §3.1.2.15")]
    [InlineData(";tag=1928301774", ";tag=1;tag=2", SipParseError.BadParameter, "RFC 3261 §7.3.1")]
    [InlineData(";tag=1928301774", ";tag=\"quoted\"", SipParseError.BadParameter, "a tag is a token")]
    [InlineData("Call-ID: a84b4c76e66710@", "Call-ID: a@b@", SipParseError.BadCallId, "RFC 3261 §20.8")]
    [InlineData("Call-ID: a84b4c76e66710@", "Call-ID: a b@", SipParseError.BadCallId, "a space")]
    [InlineData("Contact:", "Contact", SipParseError.BadHeaderName, "no colon before a space")]
    [InlineData("Contact:", "Con tact:", SipParseError.BadHeaderName, "space within")]
    [InlineData("Contact:", ":", SipParseError.BadHeaderName, "no name")]
    [InlineData("Contact:", "Contact\v:", SipParseError.ControlCharacter, "CVE-2016-9938")]
    [InlineData("Contact:", "Contact\0:", SipParseError.ControlCharacter, "NUL before the colon")]
    [InlineData("Contact:", "Contact: \0", SipParseError.ControlCharacter, "NUL in a value")]
    [InlineData("Contact:", "Subject: \"a\\\0\0\"\nContact:", SipParseError.ControlCharacter, "NUL beside a quoted pair")]
    public void A_header_with_a_fault_is_refused(string old, string @new, SipParseError expected, string why) =>
        Assert.True(ErrorOf(InviteWith(old, @new)) == expected, $"{why}: {ErrorOf(InviteWith(old, @new))}");

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\r\r\nb")]
    [InlineData("a\n\nInjected: b")]
    [InlineData("\"a\\\rb\"")]
    public void A_lone_CR_or_LF_is_refused(string value)
    {
        var wire = System.Text.Encoding.ASCII.GetBytes(
            Text(ToWire(Invite)).Replace("Max-Forwards", $"Subject: {value}\r\nMax-Forwards", StringComparison.Ordinal));

        Assert.Contains(ErrorOf(wire), new[] { SipParseError.ControlCharacter, SipParseError.BadHeaderName });
    }

    [Theory]
    [InlineData("", SipParseError.Empty)]
    [InlineData("\n\n", SipParseError.Empty)]
    [InlineData("\n\n\n\n", SipParseError.Empty)]
    [InlineData("hello", SipParseError.BadStartLine)]
    [InlineData("INVITE sip:b@c SIP/2.0\n", SipParseError.MissingHeaderEnd)]
    [InlineData("INVITE sip:b@c SIP/2.0\nTo: <sip:a@b>", SipParseError.MissingHeaderEnd)]
    [InlineData("INVITE sip:b@c SIP/2.0\n\n", SipParseError.MissingHeader)]
    public void A_fragment_is_refused(string text, SipParseError expected) => Assert.Equal(expected, ErrorOf(ToWire(text)));

    [Fact]
    public void After_a_fault_what_a_response_needs_is_still_there()
    {
        var message = new SipMessage();

        Assert.False(message.TryParse(InviteWith(Start, Start.Replace("/2.0", "/7.0", StringComparison.Ordinal)), SipLimits.Default, out var error));

        Assert.Equal(505, error.Status());
        Assert.True(message.CanBeAnswered);
        Assert.Equal(SipMethod.Invite, message.Method);
    }

    [Theory]
    [InlineData("Via: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds\n", "")]
    [InlineData("SIP/2.0/UDP pc33.atlanta.example.com", "SIP/2.0/UDP")]
    [InlineData("INVITE sip:bob@biloxi.example.com SIP/2.0", "SIP/2.0 200000 OK")]
    public void Without_a_way_back_nothing_can_be_answered(string old, string @new)
    {
        var message = new SipMessage();

        Assert.False(message.TryParse(InviteWith(old, @new), SipLimits.Default, out _));

        Assert.False(message.CanBeAnswered);
    }

    [Fact]
    public void An_ACK_is_never_answered()
    {
        var message = new SipMessage();
        var wire = ToWire(Invite.Replace("INVITE", "ACK", StringComparison.Ordinal).Replace("70", "700", StringComparison.Ordinal));

        Assert.False(message.TryParse(wire, SipLimits.Default, out _));

        Assert.False(message.CanBeAnswered);
    }

    [Fact]
    public void Every_fault_has_a_response_or_is_a_keep_alive_or_in_a_response()
    {
        foreach (var error in Enum.GetValues<SipParseError>())
        {
            var isSilent = error is SipParseError.None or SipParseError.Empty or SipParseError.BadStatusCode;
            Assert.Equal(isSilent, error.Status() == 0);
        }
    }
}
