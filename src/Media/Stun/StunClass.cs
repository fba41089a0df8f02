namespace TekSipCloud.Media.Stun;

/// <summary>What a message is in an exchange (RFC 8489 §5); the values are the class bits where they stand in the type.</summary>
internal enum StunClass
{
    Request = 0x000,
    Indication = 0x010,
    Success = 0x100,
    Error = 0x110,
}
