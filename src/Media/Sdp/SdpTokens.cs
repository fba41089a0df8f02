namespace TekSipCloud.Media.Sdp;

/// <summary>Cuts a value at its spaces; several in a row count as one, as some phones write them.</summary>
internal ref struct SdpTokens(ReadOnlySpan<byte> value)
{
    private ReadOnlySpan<byte> _rest = value.Trim(" \t"u8);

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>What no token was taken from yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public bool TryNext(out ReadOnlySpan<byte> token)
    {
        var end = _rest.IndexOfAny(" \t"u8);
        token = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[end..].TrimStart(" \t"u8);
        return !token.IsEmpty;
    }
}
