namespace TekSipCloud.Media.Tests.Dtls;

/// <summary>What a network does to a datagram.</summary>
internal enum DatagramFate
{
    Arrives,
    ArrivesTwice,
    ArrivesLate,
    IsLost,
}
