using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Stun;

namespace TekSipCloud.Media.Tests.Stun;

/// <summary>RFC 8489 §5, §6.3 and §14.</summary>
public sealed class StunMessageTests
{
    private const string Id = "b7e7a701bc34d686fa87dfae";

    [Theory]
    [InlineData("")]
    [InlineData("0001")]
    [InlineData($"000100042112a442{Id}")]
    [InlineData($"000100022112a442{Id}0000")]
    [InlineData($"000100002112a443{Id}")]
    [InlineData($"400100002112a442{Id}")]
    [InlineData($"000100082112a442{Id}0006000900000000")]
    [InlineData($"000100042112a442{Id}0006ffff")]
    [InlineData($"0001000c2112a442{Id}8028000400000000" + "00250000")]
    public void What_is_no_message_is_refused(string hex) => Assert.False(StunMessage.TryParse(Convert.FromHexString(hex), out _));

    [Fact]
    public void What_stands_behind_the_integrity_does_not_count_section_14_5()
    {
        var message = Convert.FromHexString($"0001001c2112a442{Id}" + "00080014" + new string('0', 40) + "00250000");

        Assert.True(StunMessage.TryParse(message, out var read));
        Assert.True(read.HasIntegrity);
        Assert.False(read.TryFind(StunAttributeType.UseCandidate, out _));
    }

    [Theory]
    [InlineData(StunClass.Request)]
    [InlineData(StunClass.Indication)]
    [InlineData(StunClass.Success)]
    [InlineData(StunClass.Error)]
    internal void What_is_written_is_read_as_the_same(StunClass kind) =>
        Prop.ForAll<byte[], byte[]>((value, key) =>
        {
            var buffer = new byte[1000];
            var writer = new StunWriter(buffer, kind, Convert.FromHexString(Id));
            writer.Add(StunAttributeType.Username, value);
            writer.Sign(key);
            writer.AddFingerprint();

            return StunMessage.TryParse(buffer.AsSpan(0, writer.Length), out var message)
                && message.Class == kind && message.Method == 1
                && message.HasFingerprint() && message.IsSignedBy(key)
                && message.TryFind(StunAttributeType.Username, out var read) && read.SequenceEqual(value);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_change_of_any_bit_is_seen() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (at, bit) =>
        {
            var buffer = new byte[100];
            var writer = new StunWriter(buffer, StunClass.Request, Convert.FromHexString(Id));
            writer.Add(StunAttributeType.Username, "aaaa:bbbb"u8);
            writer.Sign("key"u8);
            writer.AddFingerprint();
            buffer[at % writer.Length] ^= (byte)(1 << bit);

            return !StunMessage.TryParse(buffer.AsSpan(0, writer.Length), out var message)
                || !message.HasFingerprint();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_comes_nothing_throws() =>
        Prop.ForAll<byte[], byte[]>((attributes, rest) =>
        {
            byte[] body = [.. attributes, .. rest, .. new byte[(4 - ((attributes.Length + rest.Length) & 3)) & 3]];
            byte[] datagram = [.. Convert.FromHexString($"000100002112a442{Id}"), .. body];
            BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)body.Length);
            if (StunMessage.TryParse(datagram, out var message))
                _ = message.HasFingerprint() || message.IsSignedBy("key"u8) || message.TryFind(StunAttributeType.Priority, out _);
        }).QuickCheckThrowOnFailure();
}
