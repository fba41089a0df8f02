using System.Security.Cryptography;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Tests.Transports.WebSockets;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Sip.Transports.WebSockets;
using TekSipCloud.Testing.Fuzzing;

namespace TekSipCloud.Sip.Tests.Fuzz;

/// <summary>What must hold for WebSocket frames of any bytes.</summary>
internal static class WebSocketChecks
{
    private const int MaxControlFrame = 127;
    private static readonly SipLimits Limits = SipLimits.Default;

    /// <summary>A few messages in fragments, with control frames between them, and now and then a wrong bit.</summary>
    public static byte[] Make(Random random, SipMutator mutator)
    {
        List<byte> frames = [];
        for (var messages = random.Next(1, 5); messages > 0; messages--)
        {
            AddFragments(random, frames, mutator.Next(random));
            if (random.Next(3) == 0)
                frames.AddRange(Control(random));
        }

        var bytes = frames.ToArray();
        for (var faults = random.Next(3); faults > 0; faults--)
            bytes[random.Next(Math.Min(bytes.Length, random.Next(2) == 0 ? 14 : bytes.Length))] ^= (byte)(1 << random.Next(8));
        return random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    public static void Check(byte[] bytes)
    {
        // How it is cut depends on the bytes alone, so that kept ones fail again.
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(bytes)));
        var whole = Read(bytes, _ => bytes.Length);
        Assert.Equal(whole, Read(bytes, _ => 1 + random.Next(40)));
        Assert.Equal(whole, Read(bytes, at => at < 300 ? 1 : 1 + random.Next(4_000)));
    }

    private static void AddFragments(Random random, List<byte> frames, byte[] message)
    {
        var kind = random.Next(2) == 0 ? WebSocketOpcode.Text : WebSocketOpcode.Binary;
        for (var rest = message.AsSpan(); ;)
        {
            var length = random.Next(3) == 0 ? random.Next(rest.Length + 1) : rest.Length;
            frames.AddRange(ClientFrames.Frame(kind, rest[..length].ToArray(), isFinal: length == rest.Length));
            if (length == rest.Length)
                return;

            rest = rest[length..];
            kind = random.Next(20) == 0 ? (WebSocketOpcode)random.Next(16) : WebSocketOpcode.Continuation;
            if (random.Next(4) == 0)
                frames.AddRange(Control(random));
        }
    }

    private static byte[] Control(Random random)
    {
        var payload = new byte[random.Next(10) == 0 ? random.Next(300) : random.Next(6)];
        random.NextBytes(payload);
        return ClientFrames.Frame(
            random.GetItems([WebSocketOpcode.Ping, WebSocketOpcode.Ping, WebSocketOpcode.Pong, WebSocketOpcode.Close], 1)[0], payload, random.Next(20) > 0);
    }

    /// <summary>What comes out of bytes that arrive in pieces.</summary>
    private static List<string> Read(byte[] bytes, Func<int, int> piece)
    {
        var framing = new WebSocketFraming(Limits);
        var scratch = new StreamScratch();
        List<string> frames = [];
        var (start, end) = (0, 0);
        while (end < bytes.Length)
        {
            var before = end;
            end = Math.Min(bytes.Length, end + piece(end));
            var buffer = Pieces.Of(bytes.AsMemory(start..end), before - start);
            while (framing.Read(ref buffer, scratch) is var frame && frame != SipFrame.NeedMore)
            {
                frames.Add(Describe(frame, scratch));
                if (frame is SipFrame.Closed or SipFrame.Invalid)
                    return frames;
            }

            // What waits for the rest of its frame is a head and less than a message.
            Assert.InRange(buffer.Length, 0, Limits.MaxMessageBytes + StreamFraming.MaxHeadBytes);
            start = end - (int)buffer.Length;
        }

        return frames;
    }

    private static string Describe(SipFrame frame, StreamScratch scratch)
    {
        if (frame == SipFrame.Message)
        {
            Assert.InRange(scratch.Content.Length, 1, Limits.MaxMessageBytes);
            new MessageChecks().Check(scratch.Content.ToArray());
        }
        else if (frame is SipFrame.Control or SipFrame.Closed)
        {
            Assert.InRange(scratch.Content.Length, 0, MaxControlFrame);
        }
        else
        {
            return $"{frame}";
        }

        return $"{frame} {Convert.ToHexString(SHA256.HashData(scratch.Content.Span))}";
    }
}
