using TekSipCloud.Media.Ice;

namespace TekSipCloud.Media.Tests.Ice;

/// <summary>RFC 7983 §7, RFC 5761 §4.</summary>
public sealed class DatagramKindsTests
{
    [Theory]
    [InlineData(0, 1, DatagramKind.Stun)]
    [InlineData(3, 0, DatagramKind.Stun)]
    [InlineData(4, 0, DatagramKind.Unknown)]
    [InlineData(19, 0, DatagramKind.Unknown)]
    [InlineData(20, 254, DatagramKind.Dtls)]
    [InlineData(63, 254, DatagramKind.Dtls)]
    [InlineData(64, 0, DatagramKind.Unknown)]
    [InlineData(127, 0, DatagramKind.Unknown)]
    [InlineData(128, 0, DatagramKind.Rtp)]
    [InlineData(128, 191, DatagramKind.Rtp)]
    [InlineData(128, 192, DatagramKind.Rtcp)]
    [InlineData(129, 200, DatagramKind.Rtcp)]
    [InlineData(191, 223, DatagramKind.Rtcp)]
    [InlineData(128, 224, DatagramKind.Rtp)]
    [InlineData(192, 0, DatagramKind.Unknown)]
    [InlineData(255, 0, DatagramKind.Unknown)]
    internal void The_first_two_bytes_tell(byte first, byte second, DatagramKind expected) =>
        Assert.Equal(expected, DatagramKinds.KindOf([first, second, 0, 0]));

    [Fact]
    public void A_byte_alone_is_nothing() => Assert.Equal(DatagramKind.Unknown, DatagramKinds.KindOf([0]));
}
