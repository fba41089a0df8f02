using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Sip.Transports.WebSockets;

namespace TekSipCloud.Sip.Tests.Transports.WebSockets;

/// <summary>RFC 6455 §5 to §8 without sockets: bytes in, messages and answers out.</summary>
public sealed class WebSocketFramingTests
{
    private const string Big = "MESSAGE sip:b SIP/2.0\r\n\r\n";
    private static readonly byte[] CloseTooBig = [0x88, 2, 0x03, 0xF1];
    private static readonly byte[] CloseProtocolError = [0x88, 2, 0x03, 0xEA];
    private static readonly byte[] CloseInvalidContent = [0x88, 2, 0x03, 0xEF];
    private readonly WebSocketFraming _framing = new(SipLimits.Default with { MaxMessageBytes = 70_000 });

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void A_payload_of_any_length_is_unmasked_whole(int length)
    {
        var text = new string('x', length) + "y";
        Assert.Equal(["Message " + text], Read(ClientFrames.Text(text)));
    }

    [Fact]
    public void Fragments_are_one_message_and_pings_between_them_are_answered() => Assert.Equal(
        ["Control 8A02" + "6869", "Message one two three"],
        Read([
            .. ClientFrames.Text("one ", isFinal: false), .. ClientFrames.Frame(WebSocketOpcode.Ping, "hi"u8.ToArray()),
            .. ClientFrames.More("two ", isFinal: false), .. ClientFrames.More("three", isFinal: true)
        ]));

    [Fact]
    public void However_the_bytes_are_cut_the_same_messages_come_out()
    {
        byte[] stream =
        [
            .. ClientFrames.Text("\r\n\r\n"), .. ClientFrames.Text(Big + new string('x', 300)), .. ClientFrames.Text("a", isFinal: false),
            .. ClientFrames.More("", isFinal: false), .. ClientFrames.More("b", isFinal: true), .. ClientFrames.Binary([0xC3, 0x28]),
            .. ClientFrames.Frame(WebSocketOpcode.Pong, []), .. ClientFrames.Close(1000),
        ];
        var whole = string.Join('|', Read(stream));

        Prop.ForAll(
            Gen.Choose(1, 40).ArrayOf().Where(cuts => cuts.Length > 0).ToArbitrary(),
            cuts => string.Join('|', Read(new WebSocketFraming(SipLimits.Default), stream, cuts)) == whole).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("81 00", "not masked (§5.1)")]
    [InlineData("C1 80 00000000", "a reserved bit (§5.2)")]
    [InlineData("83 80 00000000", "an opcode that nobody defined (§5.2)")]
    [InlineData("8B 80 00000000", "a control opcode that nobody defined (§5.2)")]
    [InlineData("80 80 00000000", "a continuation of nothing (§5.4)")]
    [InlineData("09 80 00000000", "a ping in fragments (§5.4)")]
    [InlineData("89 FE 0080 00000000", "a ping of 128 bytes (§5.5)")]
    [InlineData("81 FE 0005 00000000", "a short length written long (§5.2)")]
    [InlineData("81 FF 0000000000000005 00000000", "a short length written very long (§5.2)")]
    [InlineData("81 FF 8000000000000005 00000000", "a negative length (§5.2)")]
    public void What_breaks_the_protocol_is_closed_with_1002(string bytes, string why)
    {
        var frames = Read(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        Assert.True(frames is [var only] && only == $"Closed {Convert.ToHexString(CloseProtocolError)}", why);
    }

    [Fact]
    public void Two_messages_whose_fragments_mix_are_closed_with_1002() => Assert.Equal(
        [$"Closed {Convert.ToHexString(CloseProtocolError)}"],
        Read([.. ClientFrames.Text("a", isFinal: false), .. ClientFrames.Text("b")]));

    [Theory]
    [InlineData(70_001)]
    [InlineData(int.MaxValue)]
    public void A_message_too_big_is_closed_with_1009_before_it_is_there(int length)
    {
        Assert.Equal([$"Control {Convert.ToHexString(CloseTooBig)}"], Read(ClientFrames.Head(WebSocketOpcode.Binary, length)));
        Assert.True(_framing.IsMidMessage);
    }

    [Fact]
    public void Fragments_that_add_up_to_too_much_are_closed_with_1009_and_what_follows_is_thrown_away() => Assert.Equal(
        [$"Control {Convert.ToHexString(CloseTooBig)}", "Closed "],
        Read([
            .. ClientFrames.Text(new string('x', 40_000), isFinal: false), .. ClientFrames.More(new string('x', 40_000), isFinal: true),
            .. ClientFrames.Text("late"), .. ClientFrames.Close(1009)
        ]));

    [Fact]
    public void A_text_that_is_no_UTF_8_is_closed_with_1007() => Assert.Equal(
        [$"Control {Convert.ToHexString(CloseInvalidContent)}"], Read(ClientFrames.Frame(WebSocketOpcode.Text, [0xC3, 0x28])));

    [Theory]
    [InlineData(1000, "03E8")]
    [InlineData(1001, "03E9")]
    [InlineData(3000, "0BB8")]
    [InlineData(1005, "03EA")]
    [InlineData(999, "03EA")]
    public void A_goodbye_is_answered_with_its_own_code_if_that_may_be_sent(ushort code, string answer) =>
        Assert.Equal([$"Closed 8802{answer}"], Read(ClientFrames.Close(code)));

    [Fact]
    public void A_goodbye_without_a_code_is_answered_with_1000() =>
        Assert.Equal(["Closed 880203E8"], Read(ClientFrames.Frame(WebSocketOpcode.Close, [])));

    [Fact]
    public void S2_the_kind_of_an_answer_is_the_kind_that_the_client_uses_and_binary_for_what_is_no_UTF_8()
    {
        Assert.Equal(0x81, Head("text"u8));
        Read(ClientFrames.Binary("OPTIONS"u8.ToArray()));
        Assert.Equal(0x82, Head("text"u8));
        Read(ClientFrames.Text("OPTIONS"));
        Assert.Equal(0x81, Head("text"u8));
        Assert.Equal(0x82, Head([0xC3, 0x28]));
    }

    [Fact]
    public void No_bytes_whatsoever_make_it_throw_or_go_round_in_circles() =>
        Prop.ForAll<byte[], byte[]>((garbage, tail) =>
        {
            byte[] bytes = [.. garbage, .. ClientFrames.Text("a", isFinal: false), .. tail];
            return Read(new WebSocketFraming(SipLimits.Default), bytes, [3]).Count <= bytes.Length;
        }).QuickCheckThrowOnFailure();

    private int Head(ReadOnlySpan<byte> message)
    {
        Span<byte> head = stackalloc byte[StreamFraming.MaxHeadBytes];
        return _framing.WriteHead(message, head) > 0 ? head[0] : 0;
    }

    private List<string> Read(byte[] bytes) => Read(_framing, bytes, [int.MaxValue]);

    /// <summary>Feeds the bytes in pieces of the given lengths, repeated.</summary>
    private static List<string> Read(WebSocketFraming framing, byte[] bytes, int[] cuts)
    {
        var scratch = new StreamScratch();
        List<string> frames = [];
        var (start, end, cut) = (0, 0, 0);
        while (end < bytes.Length)
        {
            end += Math.Min(bytes.Length - end, cuts[cut++ % cuts.Length]);
            var buffer = new ReadOnlySequence<byte>(bytes.AsMemory(start..end));
            while (framing.Read(ref buffer, scratch) is var frame && frame != SipFrame.NeedMore)
            {
                if (frame is not (SipFrame.Ping or SipFrame.Blank))
                    frames.Add($"{frame} {(frame == SipFrame.Message ? Encoding.UTF8.GetString(scratch.Content.Span) : Convert.ToHexString(scratch.Content.Span))}");
                if (frame == SipFrame.Closed)
                    return frames;
            }

            start = end - (int)buffer.Length;
        }

        return frames;
    }
}
