using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>RFC 3261 §18.3 and §7.5, RFC 5626 §3.5.1.</summary>
public sealed class SipStreamFramerTests
{
    private const string Hello = "MESSAGE sip:b SIP/2.0\r\nContent-Length: 5\r\n\r\nhello";

    [Fact]
    public void A_message_ends_where_Content_Length_says()
    {
        Assert.Equal(SipFrame.Message, Read(Hello + "OPTIONS", out var length, out _));
        Assert.Equal(Hello.Length, length);
    }

    [Theory]
    [InlineData("l: 5")]
    [InlineData("L:5")]
    [InlineData("content-length \t:  5 ")]
    [InlineData("Content-Length:\r\n 5")]
    [InlineData("X: a\r\n Content-Length: 7\r\nContent-Length: 5")]
    public void Every_spelling_of_Content_Length_is_understood(string header)
    {
        Assert.Equal(SipFrame.Message, Read($"MESSAGE sip:b SIP/2.0\r\n{header}\r\n\r\nhello!!", out var length, out _));
        Assert.Equal($"MESSAGE sip:b SIP/2.0\r\n{header}\r\n\r\nhello".Length, length);
    }

    [Theory]
    [InlineData("X: y", SipParseError.MissingHeader)]
    [InlineData("Content-Length: -1", SipParseError.BadContentLength)]
    [InlineData("Content-Length: 5 5", SipParseError.BadContentLength)]
    [InlineData("Content-Length:", SipParseError.BadContentLength)]
    [InlineData("Content-Length: 5\r\nl: 5", SipParseError.BadContentLength)]
    [InlineData("Content-Length: 70000", SipParseError.BodyTooLarge)]
    [InlineData("Content-Length: 4294967301", SipParseError.BodyTooLarge)]
    [InlineData("Content-Length: 99999999999999999999999999", SipParseError.BodyTooLarge)]
    [InlineData("Content-Length: 65535", SipParseError.MessageTooLarge)]
    public void A_length_that_cannot_be_trusted_ends_the_stream(string header, SipParseError expected)
    {
        var head = $"MESSAGE sip:b SIP/2.0\r\n{header}\r\n\r\n";

        Assert.Equal(SipFrame.Invalid, Read(head + "hello", out var length, out var error));
        Assert.Equal(head.Length, length);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Headers_without_an_end_are_refused_at_the_limit()
    {
        var endless = "MESSAGE sip:b SIP/2.0\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 12_000));

        Assert.Equal(SipFrame.Invalid, Read(endless, out _, out var error));
        Assert.Equal(SipParseError.MessageTooLarge, error);
    }

    [Theory]
    [InlineData("\r\n\r\n", "Blank Ping")]
    [InlineData("\r\n\r\nOPTIONS", "Blank Ping")]
    [InlineData("\r\n\r\n\r\n\r\n", "Blank Ping Blank Ping")]
    [InlineData("\r\nOPTIONS", "Blank")]
    [InlineData("\nOPTIONS", "Blank")]
    [InlineData("\n\r\n", "Blank Blank")]
    [InlineData("\r\n", "Blank")]
    [InlineData("\r\n\r", "Blank")]
    [InlineData("", "")]
    public void Line_ends_before_a_message_are_a_ping_or_nothing(string bytes, string frames) =>
        Assert.Equal(frames, Frames(Encoding.ASCII.GetBytes(bytes), [1]));

    [Fact]
    public void However_the_bytes_are_cut_the_same_messages_come_out()
    {
        var stream = Encoding.ASCII.GetBytes(Hello + "\r\n\r\n" + Hello + "\r\nOPTIONS sip:b SIP/2.0\r\nl: 0\r\n\r\n");
        const string Expected = "Message Blank Ping Message Blank Message";

        Prop.ForAll(
            Gen.Choose(1, 20).ArrayOf().Where(cuts => cuts.Length > 0).ToArbitrary(),
            cuts => Frames(stream, cuts) == Expected).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_bytes_whatsoever_make_it_throw() =>
        Prop.ForAll<byte[], byte[]>((garbage, tail) =>
        {
            byte[] bytes = [.. garbage, .. "\r\nl: 3\r\n\r\n"u8, .. tail];
            var framer = new SipStreamFramer(SipLimits.Default);
            framer.Read(new ReadOnlySequence<byte>(bytes), out var length);
            return length >= 0 && length <= bytes.Length;
        }).QuickCheckThrowOnFailure();

    private static SipFrame Read(string bytes, out long length, out SipParseError error)
    {
        var framer = new SipStreamFramer(SipLimits.Default);
        var frame = framer.Read(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(bytes)), out length);
        error = framer.Error;
        return frame;
    }

    /// <summary>Feeds the stream in pieces of the given lengths, repeated, each piece a segment of its own.</summary>
    private static string Frames(byte[] stream, int[] cuts)
    {
        var framer = new SipStreamFramer(SipLimits.Default);
        List<SipFrame> frames = [];
        var (start, end, cut) = (0, 0, 0);
        while (end < stream.Length)
        {
            end = Math.Min(stream.Length, end + cuts[cut++ % cuts.Length]);
            while (framer.Read(Segmented(stream.AsMemory(start..end), cuts[0]), out var length) is var frame && frame != SipFrame.NeedMore)
            {
                frames.Add(frame);
                start += (int)length;
            }
        }
        return string.Join(' ', frames);
    }

    private static ReadOnlySequence<byte> Segmented(ReadOnlyMemory<byte> bytes, int size)
    {
        var first = new Segment(bytes[..Math.Min(size, bytes.Length)], null);
        var last = first;
        for (var at = last.Memory.Length; at < bytes.Length; at += last.Memory.Length)
            last = new Segment(bytes.Slice(at, Math.Min(size, bytes.Length - at)), last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            RunningIndex = previous is null ? 0 : previous.RunningIndex + previous.Memory.Length;
            if (previous is not null)
                previous.Next = this;
        }
    }
}
