namespace TekSipCloud.Sip.Messages;

/// <summary>One header line of a message.</summary>
/// <remarks>Borrows the message's buffer: valid until that is returned or parsed anew.</remarks>
public readonly ref struct SipHeaderLine
{
    internal SipHeaderLine(SipHeaderName name, ReadOnlySpan<byte> nameBytes, ReadOnlySpan<byte> value)
    {
        Name = name;
        NameBytes = nameBytes;
        Value = value;
    }

    /// <summary>Which header, or <see cref="SipHeaderName.Other"/>.</summary>
    public SipHeaderName Name { get; }

    /// <summary>The name as it was sent: any case, perhaps compact. A token.</summary>
    public ReadOnlySpan<byte> NameBytes { get; }

    /// <summary>The value, trimmed and unfolded; may be empty. Free of CR, LF and NUL.</summary>
    public ReadOnlySpan<byte> Value { get; }
}
