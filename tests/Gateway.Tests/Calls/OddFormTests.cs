using System.Text;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Calls whose messages have every form that RFC 3261 allows and few phones use.</summary>
public sealed class OddFormTests : GatewayTest
{
    [Fact]
    public void An_offer_beside_a_part_that_may_be_ignored_is_taken()
    {
        // RFC 5621 §3; so do carriers send ISUP, and phones their location.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        Changes("application/sdp", Multipart("signal;handling=optional"));

        var call = alice.Invites("102");
        Script.Change = null;
        var ringing = bob.GetsCall();

        Assert.Equal("application/sdp", SipText.Header(ringing.Last, "Content-Type"));
        Assert.StartsWith("v=0\r\n", SipText.Body(ringing.Last), StringComparison.Ordinal);
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        ringing.GetsBye();
    }

    [Theory]
    [InlineData("signal;handling=required")]
    [InlineData("render")]
    public void An_offer_beside_a_part_that_must_be_understood_is_415(string disposition)
    {
        // RFC 3261 §20.11, RFC 5621 §8.3
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        Changes("application/sdp", Multipart(disposition));

        var call = alice.Invites("102");
        Script.Change = null;

        call.GetsRefusal(415);
        bob.GetsNothing();
    }

    [Fact]
    public void An_answer_may_be_a_part_as_well()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();

        Changes("application/sdp", Multipart("signal;handling=optional"));
        ringing.Answers();
        Script.Change = null;

        ringing.Gets("ACK");
        Assert.StartsWith("v=0\r\n", SipText.Body(call.Gets(200)), StringComparison.Ordinal);
        call.Sends("ACK");
        call.HangsUp();
        ringing.GetsBye();
    }

    [Fact]
    public void Compact_names_folded_lines_and_lists_are_the_same_call()
    {
        // RFC 3261 §7.3.1, §7.3.3
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        Script.Change = bytes => Text(bytes, text => text.Replace("Via: ", "v:\r\n\t", StringComparison.Ordinal)
            .Replace("From: ", "f : ", StringComparison.Ordinal).Replace("To: ", "t:\r\n ", StringComparison.Ordinal)
            .Replace("Call-ID: ", "i: ", StringComparison.Ordinal).Replace("Contact: ", "m: ", StringComparison.Ordinal)
            .Replace("Content-Type: ", "c: ", StringComparison.Ordinal).Replace("Content-Length: ", "L:", StringComparison.Ordinal)
            .Replace("Max-Forwards: ", "k: timer,,\r\n 100rel\r\nMAX-FORWARDS:\r\n  ", StringComparison.Ordinal));

        var (call, callee) = Answered(alice, bob);

        call.HangsUp();
        callee.GetsBye();
    }

    [Theory]
    [InlineData("= 2**3 * 5**2 но сто девяносто девять - простое")]
    [InlineData("")]
    public void An_answer_is_one_whatever_its_reason_says(string phrase)
    {
        // RFC 4475 §3.1.1.12, §3.1.1.13
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();

        Script.Change = bytes => Text(bytes, text => text.Replace("SIP/2.0 200 X", $"SIP/2.0 200 {phrase}", StringComparison.Ordinal));
        ringing.Answers();
        Script.Change = null;

        Assert.Equal("SIP/2.0 200 OK", SipText.FirstLine(call.Gets(200)));
        call.Sends("ACK");
        call.HangsUp();
        ringing.Gets("ACK");
        ringing.GetsBye();
    }

    [Fact]
    public void A_user_part_is_unescaped_once()
    {
        // RFC 4475 §3.1.1.3
        var alice = Script.Registered("101");
        Script.AddExtension("a%41@b");
        var bob = Script.Phone("a%41@b", remote: "192.0.2.77:5060");
        Script.Change = bytes => Text(bytes, text => text.Replace("sip:a%41@b@", "sip:a%2541%40b@", StringComparison.Ordinal)
            .Replace("bKa%41@b", "bKodd", StringComparison.Ordinal).Replace("tag=fa%41@b", "tag=odd", StringComparison.Ordinal));
        bob.Registers("<sip:b@192.0.2.77>");

        var call = alice.Invites("%61%2541%40b");

        Assert.StartsWith("INVITE sip:b@192.0.2.77", SipText.FirstLine(bob.Gets("INVITE")), StringComparison.Ordinal);
        Script.Change = null;
        call.Sends("CANCEL");
    }

    private void Changes(string type, Func<string, string> body) => Script.Change = bytes => Text(bytes, text =>
    {
        if (!text.Contains($"Content-Type: {type}", StringComparison.Ordinal))
            return text;

        var parts = text.Split("\r\n\r\n", 2);
        var changed = body(parts[1]);
        var head = parts[0].Replace($"Content-Type: {type}", "Content-Type: multipart/mixed;boundary=part", StringComparison.Ordinal)
            .Replace($"Content-Length: {parts[1].Length}", $"Content-Length: {changed.Length}", StringComparison.Ordinal);
        return $"{head}\r\n\r\n{changed}";
    });

    private static Func<string, string> Multipart(string disposition) => sdp =>
        $"--part\r\nContent-Type: application/isup\r\nContent-Disposition: {disposition}\r\n\r\n\u0001\u0002\r\n"
        + $"--part\r\nContent-Type: application/sdp\r\n\r\n{sdp}\r\n--part--\r\n";

    private static byte[] Text(byte[] bytes, Func<string, string> change) => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(bytes)));
}
