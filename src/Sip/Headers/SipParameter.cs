namespace TekSipCloud.Sip.Headers;

/// <summary>One parameter of a header or URI.</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref struct SipParameter
{
    internal SipParameter(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The name as it was sent; compared without case.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value as it was sent, quotes included; empty when the parameter has none.</summary>
    public ReadOnlySpan<byte> Value { get; }
}
