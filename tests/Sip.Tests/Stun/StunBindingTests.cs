using System.Buffers.Binary;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Stun;

namespace TekSipCloud.Sip.Tests.Stun;

/// <summary>RFC 8489, as far as RFC 5626 §4.4.2 needs it; addresses and bytes of RFC 5769.</summary>
public sealed class StunBindingTests
{
    private const string Id = "B7E7A701BC34D686FA87DFAE";
    private static readonly IPEndPoint V4 = IPEndPoint.Parse("192.0.2.1:32853");
    private static readonly IPEndPoint V6 = IPEndPoint.Parse("[2001:db8:1234:5678:11:2233:4455:6677]:32853");

    [Fact]
    public void The_answer_tells_an_IPv4_source_RFC_5769_section_2_2() => Assert.Equal(
        $"0101000C2112A442{Id}" + "002000080001A147E112A643", Answer($"000100002112A442{Id}", V4));

    [Fact]
    public void The_answer_tells_an_IPv6_source_RFC_5769_section_2_3() => Assert.Equal(
        $"010100182112A442{Id}" + "002000140002A1470113A9FAA5D3F179BC25F4B5BED2B9D9", Answer($"000100002112A442{Id}", V6));

    [Fact]
    public void A_client_of_RFC_3489_gets_the_plain_form() => Assert.Equal(
        "0101000C" + "00112233445566778899AABBCCDDEEFF" + "000100080001" + "8055" + "C0000201",
        Answer("00010000" + "00112233445566778899AABBCCDDEEFF", V4));

    [Fact]
    public void Attributes_that_must_be_understood_are_named_in_a_420() => Assert.Equal(
        $"011100102112A442{Id}" + "0009000400000414" + "000A0002000" + "30000", Answer($"000100082112A442{Id}" + "0003000400000000", V4));

    [Fact]
    public void A_fingerprint_is_checked_and_answered_by_one()
    {
        // RFC 5769 §2.1, with its username, integrity, software and priority left away.
        var request = WithFingerprint($"000100002112A442{Id}");
        var answer = Convert.FromHexString(Answer(request, V4));
        Assert.Equal(40, answer.Length);
        Assert.Equal(WithFingerprint(Convert.ToHexString(answer[..32])), Convert.ToHexString(answer));

        Assert.Equal("", Answer(request[..^1] + (request[^1] == '0' ? '1' : '0'), V4));
    }

    [Fact]
    public void The_fingerprint_is_that_of_RFC_5769_section_2_2()
    {
        const string Published = "0101003C2112A442B7E7A701BC34D686FA87DFAE8022000B7465737420766563746F7220002000080001A147E112A643"
            + "000800142B91F599FD9E90C38C7489F92AF9BA53F06BE7D780280004C07D4C96";
        Assert.Equal(Published, WithFingerprint(Published[..^16]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0001")]
    [InlineData($"000100042112A442{Id}")]
    [InlineData($"000100022112A442{Id}" + "0000")]
    [InlineData($"000100082112A442{Id}" + "0006000900000000")]
    [InlineData($"001100002112A442{Id}")]
    [InlineData($"0101000C2112A442{Id}" + "002000080001A147E112A643")]
    public void What_is_no_binding_request_gets_no_answer(string datagram) => Assert.Equal("", Answer(datagram, V4));

    [Fact]
    public void Whatever_comes_the_answer_is_short_and_nothing_throws() =>
        Prop.ForAll<byte[], byte[]>((attributes, rest) =>
        {
            byte[] body = [.. attributes, .. rest, .. new byte[(4 - ((attributes.Length + rest.Length) & 3)) & 3]];
            byte[] datagram = [.. Convert.FromHexString($"000100002112A442{Id}"), .. body];
            BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)body.Length);
            return StunBinding.Answer(datagram, V6, new byte[StunBinding.MaxAnswerBytes]) <= datagram.Length * 22 / 10;
        }).QuickCheckThrowOnFailure();

    private static string Answer(string datagram, IPEndPoint source)
    {
        var answer = new byte[StunBinding.MaxAnswerBytes];
        return Convert.ToHexString(answer[..StunBinding.Answer(Convert.FromHexString(datagram), source, answer)]);
    }

    /// <summary>Adds the attribute, whose length the header counts before it is computed.</summary>
    private static string WithFingerprint(string message)
    {
        var bytes = Convert.FromHexString(message);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)(bytes.Length - 20 + 8));
        var crc = ~bytes.Aggregate(uint.MaxValue, (crc, b) =>
            Enumerable.Range(0, 8).Aggregate(crc ^ b, (c, _) => (c & 1) == 0 ? c >> 1 : (c >> 1) ^ 0xEDB88320)) ^ 0x5354554E;
        return $"{Convert.ToHexString(bytes)}80280004{crc:X8}";
    }
}
