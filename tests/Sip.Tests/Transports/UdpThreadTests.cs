namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>A UDP socket with a thread of its own, as on any system.</summary>
public sealed class UdpThreadTests() : UdpTransportTests(null);
