namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>A UDP socket that a signalling loop reads in batches (Linux; elsewhere it has a thread all the same).</summary>
public sealed class UdpLoopTests() : UdpTransportTests(TransportBench.Loop());
