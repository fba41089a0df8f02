using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Messages;

/// <summary>What may be dropped unread: a REGISTER that certainly has no credentials.</summary>
public sealed class NewRegisterTests
{
    private const string Start = "REGISTER sip:example.com SIP/2.0\r\n";
    private const string Headers =
        "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776;rport\r\nMax-Forwards: 70\r\nFrom: <sip:101@example.com>;tag=1\r\n"
        + "To: <sip:101@example.com>\r\nCall-ID: abc\r\nCSeq: 1 REGISTER\r\nContact: <sip:101@192.0.2.1>\r\nExpires: 3600\r\n";

    [Fact]
    public void A_REGISTER_without_credentials_is_one() => Assert.True(Is($"{Start}{Headers}\r\n"));

    [Theory]
    [InlineData("INVITE sip:102@example.com SIP/2.0\r\n")]
    [InlineData("BYE sip:102@example.com SIP/2.0\r\n")]
    [InlineData("ACK sip:102@example.com SIP/2.0\r\n")]
    [InlineData("CANCEL sip:102@example.com SIP/2.0\r\n")]
    [InlineData("OPTIONS sip:example.com SIP/2.0\r\n")]
    [InlineData("REGISTERS sip:example.com SIP/2.0\r\n")]
    [InlineData("SIP/2.0 200 OK\r\n")]
    public void Nothing_else_is(string start) => Assert.False(Is($"{start}{Headers}\r\n"));

    [Theory]
    [InlineData("")]
    [InlineData("REGISTER ")]
    [InlineData("REGISTER sip:example.com SIP/2.0\r\n")]
    public void What_is_too_short_is_none(string text) => Assert.False(Is(text));

    /// <summary>RFC 3261 §7.3.1: names of headers are read in any case, and white space may stand before the colon.</summary>
    [Fact]
    public void One_with_credentials_is_none_wherever_they_stand_and_however_they_are_written() =>
        Prop.ForAll(
            Gen.Choose(0, 200).ToArbitrary(), Gen.Choose(0, 200).ToArbitrary(), Gen.Choose(0, (1 << 13) - 1).ToArbitrary(), (before, after, capitals) =>
            {
                var name = string.Concat("authorization".Select((c, i) => (capitals & (1 << i)) != 0 ? char.ToUpperInvariant(c) : c));
                return !Is($"{Start}X: {new string('x', before)}\r\n{name} : Digest\r\nY: {new string('y', after)}\r\n\r\n");
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Telling_allocates_nothing()
    {
        var datagram = Encoding.ASCII.GetBytes($"{Start}{Headers}\r\n");
        Allocations.AssertNone(() => NewRegister.Is(datagram));
    }

    private static bool Is(string text) => NewRegister.Is(Encoding.ASCII.GetBytes(text));
}
