namespace TekSipCloud.Media.Sdp;

/// <summary>One <c>a=name</c> or <c>a=name:value</c> line (RFC 8866 §5.13).</summary>
/// <remarks>Borrows the description's bytes.</remarks>
public readonly ref struct SdpAttribute
{
    internal SdpAttribute(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        Line = line;
        Name = colon < 0 ? line : line[..colon];
        Value = colon < 0 ? default : line[(colon + 1)..];
    }

    /// <summary>The name, as written; names are case-sensitive (RFC 8866 §9).</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>What follows the first colon; empty for a flag.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Name, colon and value as they stood after <c>a=</c>.</summary>
    public ReadOnlySpan<byte> Line { get; }
}
