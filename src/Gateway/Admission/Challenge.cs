using TekSipCloud.Sip.Digest;

namespace TekSipCloud.Gateway.Admission;

/// <summary>A challenge to be written: the realm that is asked for, the hash, and whether the last answer was only too late.</summary>
internal sealed record Challenge(ReadOnlyMemory<byte> Realm, DigestAlgorithm Algorithm, bool IsStale);
