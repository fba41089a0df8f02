namespace TekSipCloud.Media.Sdp;

/// <summary>Cuts a value at its spaces; several in a row count as one, as some phones write them.</summary>
internal ref struct SdpTokens(ReadOnlySpan<byte> value)
{
    private ReadOnlySpan<byte> _rest = Trim(value);

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>What no token was taken from yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public bool TryNext(out ReadOnlySpan<byte> token)
    {
        // Tokens are a few bytes long: a look at each costs less than to begin a search.
        var end = 0;
        while (end < _rest.Length && !IsBlank(_rest[end]))
            end++;

        var next = end;
        while (next < _rest.Length && IsBlank(_rest[next]))
            next++;

        token = _rest[..end];
        _rest = _rest[next..];
        return end > 0;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value)
    {
        var (start, end) = (0, value.Length);
        while (start < end && IsBlank(value[start]))
            start++;
        while (end > start && IsBlank(value[end - 1]))
            end--;

        return value[start..end];
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';
}
