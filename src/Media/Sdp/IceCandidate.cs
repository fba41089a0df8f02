using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>One <c>a=candidate</c> line: an address at which its writer may be reached (RFC 8839 §5.1).</summary>
/// <param name="Foundation">Alike for candidates of the same kind and origin; 1 to 32 characters.</param>
/// <param name="Component">1 for RTP, and for RTCP that shares its port; 2 for RTCP; up to 256.</param>
/// <param name="IsUdp">Whether it is UDP; TCP candidates are not used here.</param>
/// <param name="Priority">1 to 2^31 − 1.</param>
/// <param name="Address">The address; null for a name, such as those by which browsers hide addresses, which is passed over.</param>
/// <param name="Port">0 to 65535.</param>
/// <param name="Type">How it was found.</param>
public sealed record IceCandidate(
    string Foundation, int Component, bool IsUdp, int Priority, IPAddress? Address, int Port, IceCandidateType Type)
{
    /// <summary>The most bytes a line of ours has.</summary>
    internal const int MaxOwnBytes = 128;

    // RFC 8445 §5.1.2.1: type preference 126, the only address, component 1.
    private const int HostPriority = (126 << 24) | (65535 << 8) | (256 - 1);
    private const int MaxFoundation = 32;
    private const int MaxComponent = 256;

    /// <summary>The one candidate of a lite agent (RFC 8445 §5.2): where RTP and RTCP are wanted.</summary>
    public static IceCandidate Host(IPAddress address, int port) => new("1", 1, IsUdp: true, HostPriority, address, port, IceCandidateType.Host);

    /// <summary>Reads what follows <c>a=candidate:</c>; related addresses and extensions are passed over.</summary>
    /// <returns>Whether it is of the grammar.</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out IceCandidate? candidate)
    {
        candidate = null;
        var tokens = new SdpTokens(value);
        if (!tokens.TryNext(out var foundation) || foundation.Length > MaxFoundation || !Ascii.IsValid(foundation)
            || !tokens.TryNext(out var text) || !SdpNumber.TryParse(text, MaxComponent, out var component) || component == 0
            || !tokens.TryNext(out var transport)
            || !tokens.TryNext(out text) || !SdpNumber.TryParse(text, int.MaxValue, out var priority) || priority == 0)
            return false;

        if (!tokens.TryNext(out var address)
            || !tokens.TryNext(out text) || !SdpNumber.TryParse(text, ushort.MaxValue, out var port)
            || !tokens.TryNext(out text) || !text.SequenceEqual("typ"u8)
            || !tokens.TryNext(out text) || !TryReadType(text, out var type))
            return false;

        _ = IPAddress.TryParse(address, out var ip);
        candidate = new(Encoding.ASCII.GetString(foundation), component, Ascii.EqualsIgnoreCase(transport, "udp"u8), priority, ip, port, type);
        return true;
    }

    /// <summary>The line's value, of a candidate that has an address.</summary>
    /// <returns>How many bytes were written.</returns>
    internal int Write(Span<byte> buffer)
    {
        var length = Encoding.ASCII.GetBytes(Foundation, buffer);
        Append(buffer, ref length, Component);
        Append(buffer, ref length, IsUdp ? " udp"u8 : " tcp"u8);
        Append(buffer, ref length, Priority);
        buffer[length++] = (byte)' ';
        _ = Address!.TryFormat(buffer[length..], out var written);
        length += written;
        Append(buffer, ref length, Port);
        Append(buffer, ref length, " typ "u8);
        Append(buffer, ref length, NameOf(Type));
        return length;
    }

    private static void Append(Span<byte> buffer, ref int length, int number)
    {
        buffer[length++] = (byte)' ';
        _ = Utf8Formatter.TryFormat(number, buffer[length..], out var written);
        length += written;
    }

    private static void Append(Span<byte> buffer, ref int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer[length..]);
        length += text.Length;
    }

    private static bool TryReadType(ReadOnlySpan<byte> name, out IceCandidateType type)
    {
        for (type = IceCandidateType.Host; type <= IceCandidateType.Relayed; type++)
        {
            if (name.SequenceEqual(NameOf(type)))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> NameOf(IceCandidateType type) => type switch
    {
        IceCandidateType.Host => "host"u8,
        IceCandidateType.ServerReflexive => "srflx"u8,
        IceCandidateType.PeerReflexive => "prflx"u8,
        _ => "relay"u8,
    };
}
