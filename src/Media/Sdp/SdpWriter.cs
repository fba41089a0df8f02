using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Ice;

namespace TekSipCloud.Media.Sdp;

/// <summary>Writes lines of a session description; the caller sees to their order (RFC 8866 §5).</summary>
/// <param name="buffer">Where the bytes go; what does not fit throws <see cref="ArgumentException"/>.</param>
public ref struct SdpWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

    /// <summary>Writes <c>type=value</c> and CR LF.</summary>
    /// <param name="type">The line's letter.</param>
    /// <param name="value">Must hold no line end.</param>
    public void WriteLine(byte type, ReadOnlySpan<byte> value)
    {
        var line = _buffer.Slice(Length, value.Length + "x=\r\n".Length);
        line[0] = type;
        line[1] = (byte)'=';
        value.CopyTo(line[2..]);
        line[^2] = (byte)'\r';
        line[^1] = (byte)'\n';
        Length += line.Length;
    }

    /// <summary>Writes <c>a=name</c>.</summary>
    public void WriteFlag(ReadOnlySpan<byte> name) => WriteLine((byte)'a', name);

    /// <summary>Writes <c>a=name:number</c>.</summary>
    public void WriteAttribute(ReadOnlySpan<byte> name, long number)
    {
        Begin((byte)'a');
        Append(name);
        Append(":"u8);
        Append(number);
        End();
    }

    /// <summary>Writes our o= line: no user name, our session and version, our address (RFC 8866 §5.2).</summary>
    public void WriteOrigin(long sessionId, long version, IPAddress address)
    {
        Append("o=- "u8);
        Append(sessionId);
        Append(" "u8);
        Append(version);
        Append(" "u8);
        Append(address);
        End();
    }

    /// <summary>Writes a c= line.</summary>
    public void WriteConnection(IPAddress address)
    {
        Append("c="u8);
        Append(address);
        End();
    }

    /// <summary>Writes an m= line.</summary>
    /// <param name="kind">Such as <c>audio</c>.</param>
    /// <param name="port">0 rejects the line.</param>
    /// <param name="protocol">Such as <c>RTP/AVP</c>.</param>
    /// <param name="formats">Formats separated by spaces.</param>
    public void WriteMedia(
        ReadOnlySpan<byte> kind, int port, ReadOnlySpan<byte> protocol, ReadOnlySpan<byte> formats)
    {
        Append("m="u8);
        Append(kind);
        Append(" "u8);
        Append(port);
        Append(" "u8);
        Append(protocol);
        Append(" "u8);
        Append(formats);
        End();
    }

    /// <summary>Writes an a=crypto line (RFC 4568).</summary>
    public void WriteCrypto(CryptoAttribute crypto)
    {
        Begin((byte)'a');
        Append("crypto:"u8);
        Length += crypto.Write(_buffer[Length..]);
        End();
    }

    /// <summary>Writes our a=ice-ufrag and a=ice-pwd (RFC 8839 §5.4).</summary>
    public void WriteIceCredentials(IceCredentials credentials)
    {
        WriteAttribute("ice-ufrag"u8, credentials.Fragment);
        WriteAttribute("ice-pwd"u8, credentials.Password);
    }

    /// <summary>Writes an a=candidate line of a candidate that has an address (RFC 8839 §5.1).</summary>
    public void WriteCandidate(IceCandidate candidate)
    {
        Begin((byte)'a');
        Append("candidate:"u8);
        Length += candidate.Write(_buffer[Length..]);
        End();
    }

    /// <summary>Writes an a=fingerprint line (RFC 8122 §5).</summary>
    public void WriteFingerprint(CertificateFingerprint fingerprint)
    {
        Begin((byte)'a');
        Append("fingerprint:"u8);
        Length += fingerprint.Write(_buffer[Length..]);
        End();
    }

    /// <summary>Writes an a=setup line (RFC 8842 §5).</summary>
    public void WriteSetup(SetupRole role) => WriteAttribute("setup"u8, role.ToAttribute());

    /// <summary>Writes <c>a=name:value</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">Must hold no line end.</param>
    public void WriteAttribute(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Begin((byte)'a');
        Append(name);
        Append(":"u8);
        Append(value);
        End();
    }

    /// <summary>Writes one of an m= line's formats, behind a space where it is not the first.</summary>
    internal void WriteFormat(scoped ReadOnlySpan<byte> format)
    {
        if (Length > 0)
            Append(" "u8);
        Append(format);
    }

    /// <summary>Writes one of an m= line's formats, behind a space where it is not the first.</summary>
    internal void WriteFormat(byte payloadType)
    {
        WriteFormat([]);
        Append(payloadType);
    }

    /// <summary>Writes an a=rtpmap of DTMF events (RFC 4733 §7.1.1).</summary>
    internal void WriteEventMap(byte payloadType, int clockRateHz)
    {
        BeginOfFormat("rtpmap"u8, payloadType);
        Append("telephone-event/"u8);
        Append(clockRateHz);
        End();
    }

    /// <summary>Writes an a=rtpmap, a=fmtp or the like of a payload type.</summary>
    internal void WriteOfFormat(scoped ReadOnlySpan<byte> name, byte payloadType, scoped ReadOnlySpan<byte> value)
    {
        BeginOfFormat(name, payloadType);
        Append(value);
        End();
    }

    private void BeginOfFormat(scoped ReadOnlySpan<byte> name, byte payloadType)
    {
        Begin((byte)'a');
        Append(name);
        Append(":"u8);
        Append(payloadType);
        Append(" "u8);
    }

    private void Begin(byte type)
    {
        _buffer[Length] = type;
        _buffer[Length + 1] = (byte)'=';
        Length += 2;
    }

    private void End() => Append("\r\n"u8);

    private void Append(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }

    private void Append(long number)
    {
        _ = Utf8Formatter.TryFormat(number, _buffer[Length..], out var written);
        Length += written;
    }

    private void Append(IPAddress address)
    {
        Append(address.AddressFamily == AddressFamily.InterNetworkV6 ? "IN IP6 "u8 : "IN IP4 "u8);
        _ = address.TryFormat(_buffer[Length..], out var written);
        Length += written;
    }
}
