using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>How far a leg by ICE and DTLS has come: for a call's decision log, and for who ends a call that has no media.</summary>
/// <param name="HasPath">Whether the party has named an address by ICE.</param>
/// <param name="State">Of the handshake.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="FailureReason">What OpenSSL says of it.</param>
/// <param name="Profile">How media is protected; null before it is.</param>
public sealed record LegSecurity(bool HasPath, DtlsState State, DtlsFailure Failure, string? FailureReason, SrtpProfile? Profile);
