using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

public sealed class SipLimitsTests
{
    public static TheoryData<SipLimits, SipParseError, int> Limits => new()
    {
        { new() { MaxMessageBytes = 200 }, SipParseError.MessageTooLarge, 513 },
        { new() { MaxBodyBytes = 3 }, SipParseError.BodyTooLarge, 413 },
        { new() { MaxHeaderLines = 8 }, SipParseError.TooManyHeaders, 513 },
        { new() { MaxLineBytes = 30 }, SipParseError.LineTooLong, 513 },
        { new() { MaxStartLineBytes = 30 }, SipParseError.UriTooLong, 414 },
        { new() { MaxIdentifierBytes = 9 }, SipParseError.IdentifierTooLong, 400 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void An_element_over_its_limit_is_refused_with_its_own_answer(SipLimits limits, SipParseError expected, int status)
    {
        Assert.False(new SipMessage().TryParse(ToWire(Invite), limits, out var error));

        Assert.Equal(expected, error);
        Assert.Equal(status, error.Status());
    }

    [Theory]
    [InlineData("CSeq: 314159 INVITE", "CSeq: 1 ")]
    [InlineData("branch=z9hG4bK776asdhds", "branch=")]
    [InlineData("tag=1928301774", "tag=")]
    [InlineData("Call-ID: a84b4c76e66710@pc33.atlanta.example.com", "Call-ID: ")]
    public void A_huge_identifier_is_refused(string old, string start)
    {
        var wire = InviteWith(old, start + new string('x', 1_025));

        Assert.Equal(SipParseError.IdentifierTooLong, ErrorOf(wire));
    }

    [Fact]
    public void Five_hundred_lines_of_Accept_are_refused_CVE_2018_7284()
    {
        var wire = InviteWith("Max-Forwards: 70\n", string.Concat(Enumerable.Repeat("Accept: a/b\n", 500)) + "Max-Forwards: 70\n");

        Assert.Equal(SipParseError.TooManyHeaders, ErrorOf(wire));
    }

    [Fact]
    public void Thousands_of_parameters_are_refused_at_once()
    {
        var wire = InviteWith(";tag=1928301774", string.Concat(Enumerable.Range(0, 900).Select(n => $";p{n}")));

        Assert.Equal(SipParseError.BadParameter, ErrorOf(wire));
    }
}
