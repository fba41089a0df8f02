using System.Net;
using System.Text;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Stun;

namespace TekSipCloud.Media.Tests.Stun;

/// <summary>The messages of RFC 5769 §2.1 to §2.3.</summary>
public sealed class StunVectorTests
{
    private const string Request = "000100582112a442b7e7a701bc34d686fa87dfae" + "802200105354554e207465737420636c69656e74" + "002400046e0001ff"
        + "80290008932ff9b151263b36" + "000600096576746a3a68367659202020" + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2" + "80280004e57a3bcf";

    private const string ResponseV4 = "0101003c2112a442b7e7a701bc34d686fa87dfae" + "8022000b7465737420766563746f7220" + "002000080001a147e112a643"
        + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7" + "80280004c07d4c96";

    private const string ResponseV6 = "010100482112a442b7e7a701bc34d686fa87dfae" + "8022000b7465737420766563746f7220"
        + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9" + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41" + "80280004c8fb0b4c";

    private static readonly byte[] Password = "VOkJxbRl1RmTxUk/WvJxBt"u8.ToArray();

    [Theory]
    [InlineData(Request)]
    [InlineData(ResponseV4)]
    [InlineData(ResponseV6)]
    public void Integrity_and_fingerprint_are_right(string hex)
    {
        Assert.True(StunMessage.TryParse(Convert.FromHexString(hex), out var message));
        Assert.True(message.HasFingerprint());
        Assert.True(message.IsSignedBy(Password));
        Assert.False(message.IsSignedBy("VOkJxbRl1RmTxUk/WvJxBT"u8));
    }

    [Fact]
    public void The_request_of_section_2_1_is_read()
    {
        Assert.True(StunMessage.TryParse(Convert.FromHexString(Request), out var message));

        Assert.Equal((StunClass.Request, 1), (message.Class, message.Method));
        Assert.Equal("B7E7A701BC34D686FA87DFAE", Convert.ToHexString(message.TransactionId));
        Assert.True(message.TryFind(StunAttributeType.Username, out var username));
        Assert.Equal("evtj:h6vY", Encoding.ASCII.GetString(username));
        Assert.True(message.TryFind(StunAttributeType.Priority, out var priority));
        Assert.Equal("6E0001FF", Convert.ToHexString(priority));
    }

    [Theory]
    [InlineData(ResponseV4, "192.0.2.1:32853")]
    [InlineData(ResponseV6, "[2001:db8:1234:5678:11:2233:4455:6677]:32853")]
    public void The_responses_of_sections_2_2_and_2_3_are_written(string hex, string mapped)
    {
        var from = IPEndPoint.Parse(mapped);
        var buffer = new byte[128];
        var writer = new StunWriter(buffer, StunClass.Success, Convert.FromHexString("b7e7a701bc34d686fa87dfae"));
        // SOFTWARE, whose padding in these vectors is a space.
        writer.Add((StunAttributeType)0x8022, "test vector"u8);
        buffer[35] = (byte)' ';
        writer.AddXorMappedAddress(new PeerAddress(from.Address, from.Port));
        writer.Sign(Password);
        writer.AddFingerprint();

        Assert.Equal(hex, Convert.ToHexStringLower(buffer.AsSpan(0, writer.Length)));
    }
}
