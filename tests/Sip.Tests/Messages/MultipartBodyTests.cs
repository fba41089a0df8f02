using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

/// <summary>RFC 2046 §5.1, RFC 5621.</summary>
public sealed class MultipartBodyTests
{
    private const string Sdp = "Content-Type: application/sdp\r\n\r\nv=0\r\no=a\r\n";
    private const string Isup = "Content-Type: application/isup;version=itu-t92+\r\nContent-Disposition: signal;handling=optional\r\n\r\n\u0001\u0000";
    private const string Text = "Content-Type: text/plain\r\n\r\nhello";

    [Theory]
    [InlineData("multipart/mixed;boundary=x", "--x\r\n" + Sdp + "\r\n--x--\r\n")]
    [InlineData("multipart/mixed; boundary=\"x y\"", "--x y\r\n" + Isup + "\r\n--x y\r\n" + Sdp + "\r\n--x y--")]
    [InlineData("Multipart/Alternative;boundary=x", "preamble\r\n--x  \r\n" + Sdp + "\r\n--x\r\n" + Isup + "\r\n--x--\r\nepilogue")]
    [InlineData("multipart/mixed;boundary=x", "--x\r\ncontent-type : Application/SDP;a=b\r\nContent-Transfer-Encoding: binary\r\n\r\nv=0\r\no=a\r\n\r\n--x--\r\n")]
    public void A_part_is_found_and_is_whole(string type, string body)
    {
        Assert.True(MultipartBody.TryFind(Message(type, body), "application/sdp"u8, out var content, out var mayIgnoreOthers));

        Assert.Equal("v=0\r\no=a\r\n", MessageText.Text(content));
        Assert.True(mayIgnoreOthers);
    }

    [Fact]
    public void A_part_that_does_not_say_that_it_is_optional_is_required()
    {
        // RFC 3261 §20.11
        var message = Message("multipart/mixed;boundary=x", "--x\r\n" + Sdp + "\r\n--x\r\n" + Text + "\r\n--x--");

        Assert.True(MultipartBody.TryFind(message, "application/sdp"u8, out _, out var mayIgnoreOthers));
        Assert.False(mayIgnoreOthers);
    }

    [Theory]
    [InlineData("multipart/mixed;boundary=x", "--x\r\n" + Isup + "\r\n--x--", "no such part")]
    [InlineData("multipart/mixed;boundary=x", "--x\r\n" + Sdp, "no end")]
    [InlineData("multipart/mixed;boundary=x", "--y\r\n" + Sdp + "\r\n--y--", "another boundary")]
    [InlineData("multipart/mixed;boundary=x", "--xy\r\n" + Sdp + "\r\n--xy--", "a longer boundary")]
    [InlineData("multipart/mixed;boundary=", "--\r\n" + Sdp + "\r\n----", "an empty boundary")]
    [InlineData("multipart/mixed", "--x\r\n" + Sdp + "\r\n--x--", "no boundary")]
    [InlineData("application/sdp", "v=0", "no multipart")]
    [InlineData("multipart/mixed;boundary=x", "--x\r\nContent-Type: application/sdp\r\nContent-Transfer-Encoding: base64\r\n\r\ndj0w\r\n--x--", "encoded")]
    [InlineData("multipart/mixed;boundary=x", "--x\r\n\r\n--x\r\n\r\n--x--", "empty parts")]
    [InlineData("multipart/mixed;boundary=x", "", "nothing")]
    public void What_is_not_there_is_not_found(string type, string body, string why) =>
        Assert.False(MultipartBody.TryFind(Message(type, body), "application/sdp"u8, out _, out _), why);

    [Fact]
    public void The_parts_of_a_torture_message_are_found_RFC_4475_3_1_1_11()
    {
        var message = SipMessage.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Corpus", "Rfc4475", "mpart01.dat")));

        Assert.True(MultipartBody.TryFind(message, "text/plain"u8, out var hello, out _));
        Assert.Equal("Hello", MessageText.Text(hello));
        Assert.True(MultipartBody.TryFind(message, "application/octet-stream"u8, out var signature, out _));
        Assert.Equal(342, signature.Length);
    }

    private static SipMessage Message(string type, string body)
    {
        var head = MessageText.Text(InviteWith("application/sdp", type)).Split("\r\n\r\n")[0];
        var length = head.Split("\r\n").First(line => line.StartsWith("Content-Length", StringComparison.Ordinal));
        return SipMessage.Parse(System.Text.Encoding.Latin1.GetBytes(
            $"{head.Replace(length, $"Content-Length: {body.Length}", StringComparison.Ordinal)}\r\n\r\n{body}"));
    }
}
