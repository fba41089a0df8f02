using System.Runtime.CompilerServices;
using TekSipCloud.Sip.Headers;

namespace TekSipCloud.Sip.Messages;

/// <summary>The only Via of an <see cref="UnreadRequest"/> (RFC 3261 §20.42), as nearly all write it: without white space, quotes or a second value.</summary>
/// <remarks>Borrows the bytes it was found in.</remarks>
internal ref struct UnreadVia
{
    private static ReadOnlySpan<byte> Protocol => "SIP/2.0/UDP "u8;

    private ReadOnlySpan<byte> _value;
    private ReadOnlySpan<byte> _host;
    private ReadOnlySpan<byte> _branch;
    private int _port;
    private int _rport;

    /// <summary>What stands before <c>;rport</c>, or all of it.</summary>
    public readonly ReadOnlySpan<byte> Before => HasRport ? _value[.._rport] : _value;

    /// <summary>What stands after <c>;rport</c>.</summary>
    public readonly ReadOnlySpan<byte> After => HasRport ? _value[(_rport + ";rport".Length)..] : [];

    /// <summary>The host of sent-by.</summary>
    public readonly ReadOnlySpan<byte> Host => _host;

    /// <summary>The branch, with the magic cookie.</summary>
    public readonly ReadOnlySpan<byte> Branch => _branch;

    /// <summary>The port of sent-by; 0 when it is absent.</summary>
    public readonly int Port => _port;

    /// <summary>Whether the answer is to go where the request came from (RFC 3581 §3).</summary>
    public readonly bool HasRport => _rport > 0;

    /// <summary>Finds the parts of a Via by UDP; false when it is not so plain, or has no branch of RFC 3261.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFind(ReadOnlySpan<byte> value, out UnreadVia via)
    {
        via = default;
        var semicolon = value.IndexOf((byte)';');
        return semicolon >= 0
            && value.StartsWith(Protocol)
            && SipHost.TryReadHostPort(value[Protocol.Length..semicolon], out via._host, out via._port)
            && via.TryReadParameters(value, semicolon);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadParameters(ReadOnlySpan<byte> value, int from)
    {
        _value = value;
        for (var rest = value[from..]; !rest.IsEmpty;)
        {
            var at = value.Length - rest.Length;
            if (!SipParameters.TryTakePlain(ref rest, out var parameter) || !TryTake(parameter, at))
                return false;
        }

        return _branch.Length > ViaHeader.MagicCookie.Length && _branch.StartsWith(ViaHeader.MagicCookie);
    }

    /// <summary>False for what stands twice, and for what its sender says of its own source.</summary>
    private bool TryTake(SipParameter parameter, int at)
    {
        if (SipToken.EqualsIgnoreCase(parameter.Name, "branch"u8))
        {
            var isFirst = _branch.IsEmpty;
            _branch = parameter.Value;
            return isFirst;
        }

        if (!SipToken.EqualsIgnoreCase(parameter.Name, "rport"u8))
            return !SipToken.EqualsIgnoreCase(parameter.Name, "received"u8);

        var isPlain = _rport == 0 && parameter.Value.IsEmpty;
        _rport = at;
        return isPlain;
    }
}
