using System.Net;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Tests.Fuzz;

/// <summary>What must hold for a message of any bytes.</summary>
internal sealed class MessageChecks
{
    /// <summary>The index of the longest message grows by doubling to the limit of header lines; nothing else may allocate.</summary>
    private const int MaxAllocatedBytes = 32_768;
    private const byte Poison = 0xA5;
    private const int Margin = 16;

    private static readonly IPEndPoint Source = new(IPAddress.Parse("192.0.2.77"), 5060);
    private readonly SipMessage _message = new() { IsLent = true };
    private readonly SipWriter _writer = new();

    // What the parser's tables take once belongs to no message.
    static MessageChecks() =>
        Assert.True(new SipMessage().TryParse(Transports.TransportBench.Options("first"), SipLimits.Default, out _));

    public void Check(byte[] bytes)
    {
        var buffer = new byte[bytes.Length + (2 * Margin)];
        Array.Fill(buffer, Poison);
        bytes.CopyTo(buffer, Margin);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var isParsed = _message.TryParse(buffer.AsMemory(Margin, bytes.Length), SipLimits.Default, out var error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
        Assert.Equal(isParsed, error == SipParseError.None);
        Assert.True(IsUntouched(buffer, bytes.Length), "The parser wrote beyond the message.");

        ReadEverything(_message);
        if (_message.CanBeAnswered)
            CheckAnswer(error);
        if (isParsed)
            CheckForwarded();
        CheckKept(buffer, isParsed);
    }

    private static bool IsUntouched(byte[] buffer, int length) =>
        !buffer.AsSpan(0, Margin).ContainsAnyExcept(Poison) && !buffer.AsSpan(Margin + length).ContainsAnyExcept(Poison);

    /// <summary>An answer is one message whatever was asked: no line of it begins or ends where the request wanted.</summary>
    private void CheckAnswer(SipParseError error)
    {
        var status = error.Status() == 0 ? 200 : error.Status();
        SipResponse.Start(_writer, _message, status, Source, "tag"u8);
        _writer.End();
        var answer = _writer.Written;
        Assert.True(answer.StartsWith("SIP/2.0 "u8));
        Assert.True(answer.EndsWith("\r\nContent-Length: 0\r\n\r\n"u8));
        Assert.Equal(answer.Length - 4, answer.IndexOf("\r\n\r\n"u8));
        AssertLinesAreWhole(answer);
        Assert.InRange(answer.Length, 0, _message.Bytes.Length + 500 + (_message.LineCount * 8));
    }

    /// <summary>What goes to another leg is as strict a parser takes it, means the same, and has no control character.</summary>
    private void CheckForwarded()
    {
        if (_message.IsRequest)
            _writer.RequestLine(_message.MethodToken, _message.RequestUri);
        else
            _writer.StatusLine(_message.StatusCode);
        foreach (var line in _message.Lines)
        {
            if (line.Name is not (SipHeaderName.ContentLength or SipHeaderName.ContentType or SipHeaderName.ContentDisposition
                or SipHeaderName.ContentEncoding or SipHeaderName.ContentLanguage))
                _writer.CopyLine(line);
        }

        _writer.CopyBody(_message);
        var written = _writer.Written;
        var head = written[..(written.IndexOf("\r\n\r\n"u8) + 2)];
        AssertLinesAreWhole(head);
        Assert.Equal(-1, head.IndexOfAnyInRange((byte)0, (byte)8));
        Assert.Equal(-1, head.IndexOf((byte)0x7f));

        var again = new SipMessage();
        Assert.True(again.TryParse(written.ToArray(), SipLimits.Default with { MaxMessageBytes = 200_000 }, out var error), $"{error}");
        Assert.True(again.CallId.SequenceEqual(_message.CallId));
        Assert.True(again.Body.SequenceEqual(_message.Body));
        Assert.Equal(_message.Method, again.Method);
    }

    /// <summary>A copy that is kept does not change when the buffer of the transport is used for the next message.</summary>
    private void CheckKept(byte[] buffer, bool isParsed)
    {
        var kept = _message.Detach();
        var bytes = kept.Bytes.ToArray();
        var lines = kept.LineCount;
        Array.Fill(buffer, Poison);
        Assert.True(kept.Bytes.Span.SequenceEqual(bytes));
        Assert.Equal(lines, kept.LineCount);
        ReadEverything(kept);
        if (isParsed)
            Assert.True(kept.TryGetTopVia(out _) && kept.TryGetFrom(out _) && kept.TryGetTo(out _) && kept.TryGetCSeq(out _, out _));
    }

    private static void AssertLinesAreWhole(ReadOnlySpan<byte> head)
    {
        for (var at = head.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = head.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            Assert.True(head[at..].StartsWith("\r\n"u8), "A line end that is none.");
            head = head[(at + 2)..];
            Assert.False(head.StartsWith(" "u8) || head.StartsWith("\t"u8), "A folded line.");
        }
    }

    private static void ReadEverything(SipMessage message)
    {
        _ = message.TryGetRequestUri(out var uri, out _) && uri.IsEquivalentTo(uri);
        _ = message.TryGetTopVia(out var via) && via.Rport + via.Ttl > 0;
        _ = message.HasToken(SipHeaderName.Supported, "outbound"u8);
        _ = SipMessage.HashCallId(message.CallId);
        _ = MultipartBody.TryFind(message, "application/sdp"u8, out var part, out _) && message.Body.Overlaps(part);
        _ = message.MaxForwards + (int?)message.Expires + (int?)message.ContentLength;
        foreach (var value in message.Values(SipHeaderName.Contact))
        {
            if (ContactHeader.TryParse(value, out var contact, out _) && contact.Address.TryGetUri(out var target, out _))
                _ = target.UnescapeUser(new byte[target.User.Length]).Length + (contact.Expires ?? 0) + contact.Instance.Length + contact.RegId;
        }

        foreach (var line in message.Lines)
        {
            _ = NameAddress.TryParse(line.Value, out var address, out _) && !address.UnquoteDisplayName(new byte[line.Value.Length]).IsEmpty;
            _ = ParameterizedValue.TryParse(line.Value, out var value, out _) && value.Parameters.Has("x"u8);
            _ = DigestCredentials.TryParse(line.Value, out var credentials, out _) && credentials.IsFor(message);
            _ = DigestChallenge.TryParse(line.Value, out _, out _);
        }
    }
}
