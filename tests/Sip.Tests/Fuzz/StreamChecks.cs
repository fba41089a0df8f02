using System.Security.Cryptography;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing.Fuzzing;

namespace TekSipCloud.Sip.Tests.Fuzz;

/// <summary>What must hold for a stream of any bytes.</summary>
internal static class StreamChecks
{
    private static readonly SipLimits Limits = SipLimits.Default;

    /// <summary>A few messages, changed or not, with keep-alives between them.</summary>
    public static byte[] Make(Random random, SipMutator mutator)
    {
        List<byte> stream = [];
        for (var messages = random.Next(1, 5); messages > 0; messages--)
        {
            stream.AddRange(mutator.Next(random));
            if (random.Next(3) == 0)
                stream.AddRange("\r\n\r\n"u8);
        }

        return [.. stream];
    }

    public static void Check(byte[] stream)
    {
        // How it is cut depends on the stream alone, so that a kept one fails again.
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(stream)));
        var whole = Read(stream, _ => stream.Length);
        Assert.Equal(whole, Read(stream, _ => 1 + random.Next(40)));
        Assert.Equal(whole, Read(stream, at => at < 300 ? 1 : 1 + random.Next(4_000)));
    }

    /// <summary>The frames of a stream that arrives in pieces.</summary>
    private static List<string> Read(byte[] stream, Func<int, int> piece)
    {
        var framer = new SipStreamFramer(Limits);
        List<string> frames = [];
        var (start, end) = (0, 0);
        while (end < stream.Length)
        {
            var before = end;
            end = Math.Min(stream.Length, end + piece(end));
            while (true)
            {
                var waiting = stream.AsMemory(start..end);
                var frame = framer.Read(Pieces.Of(waiting, before - start), out var length);
                Assert.InRange(length, 0, waiting.Length);
                if (frame == SipFrame.NeedMore)
                {
                    Assert.Equal(0, length);
                    Assert.InRange(waiting.Length, 0, Limits.MaxMessageBytes);
                    break;
                }

                frames.Add(Describe(frame, framer, waiting.Span[..(int)length]));
                if (frame == SipFrame.Invalid)
                    return frames;

                Assert.NotEqual(0, length);
                start += (int)length;
            }
        }

        return frames;
    }

    /// <summary>What is taken off an invalid stream to be answered may depend on how much has come; what is answered may not throw.</summary>
    private static string Describe(SipFrame frame, SipStreamFramer framer, ReadOnlySpan<byte> bytes)
    {
        if (frame is not (SipFrame.Message or SipFrame.Invalid))
            return $"{frame}";

        new MessageChecks().Check(bytes.ToArray());
        return frame == SipFrame.Invalid
            ? framer.Error == SipParseError.MessageTooLarge || framer.Error == SipParseError.BodyTooLarge ? "too large" : $"{framer.Error}"
            : $"{frame} {Convert.ToHexString(SHA256.HashData(bytes))}";
    }
}
