namespace TekSipCloud.Media.Stun;

/// <summary>One attribute of a message (RFC 8489 §14). Borrows the message's bytes.</summary>
internal readonly ref struct StunAttribute(StunAttributeType type, ReadOnlySpan<byte> value)
{
    public StunAttributeType Type { get; } = type;

    /// <summary>Without its padding.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Whether who does not know it must refuse the message (RFC 8489 §6.3.1).</summary>
    public bool MustBeUnderstood => Type < StunAttributeType.FirstOptional;
}
