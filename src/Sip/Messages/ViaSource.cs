using System.Buffers.Text;
using System.Net;

namespace TekSipCloud.Sip.Messages;

/// <summary>What the topmost Via of an answer says of where its request came from (RFC 3261 §18.2.1, RFC 3581 §4), as text made once.</summary>
internal sealed class ViaSource
{
    private readonly byte[] _text;
    private readonly int _receivedLength;

    /// <summary>Makes the text of a source.</summary>
    public ViaSource(IPEndPoint source)
    {
        Span<byte> address = stackalloc byte[SipWriter.LongestAddress];
        Span<byte> port = stackalloc byte[10];
        _ = Utf8Formatter.TryFormat((uint)source.Port, port, out var digits);
        ReadOnlySpan<byte> received = [.. ";received="u8, .. SipWriter.Plain(source.Address, address)];
        _receivedLength = received.Length;
        _text = [.. received, .. ";rport="u8, .. port[..digits]];
    }

    private ReadOnlySpan<byte> Address => _text.AsSpan(";received=".Length.._receivedLength);

    /// <summary>The parameters that the answer's Via gets.</summary>
    /// <param name="sentBy">The host of the request's Via.</param>
    /// <param name="hasRport">Whether it asks for the port.</param>
    // RFC 3581 §4: with rport, received is there even when it equals sent-by.
    public ReadOnlySpan<byte> Parameters(ReadOnlySpan<byte> sentBy, bool hasRport) =>
        hasRport ? _text : IsAddress(sentBy) ? [] : _text.AsSpan(0, _receivedLength);

    private bool IsAddress(ReadOnlySpan<byte> host) =>
        SipToken.EqualsIgnoreCase(host.StartsWith("["u8) ? host[1..^1] : host, Address);
}
