namespace TekSipCloud.Media.Stun;

/// <summary>Attributes that are used here (RFC 8489 §14, RFC 8445 §16.1). Below 0x8000 they must be understood.</summary>
internal enum StunAttributeType
{
    Username = 0x0006,
    MessageIntegrity = 0x0008,
    ErrorCode = 0x0009,
    UnknownAttributes = 0x000A,
    MessageIntegritySha256 = 0x001C,
    XorMappedAddress = 0x0020,
    Priority = 0x0024,
    UseCandidate = 0x0025,
    FirstOptional = 0x8000,
    Fingerprint = 0x8028,
    IceControlled = 0x8029,
    IceControlling = 0x802A,
}
