using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Identifiers must be unique and unguessable (RFC 3261 §19.3), however they are drawn.</summary>
public sealed class RandomBytesTests
{
    [Fact]
    public void No_two_draws_are_alike_on_any_thread()
    {
        const int draws = 10_000;
        var seen = new HashSet<UInt128>();

        Parallel.For(0, 8, _ =>
        {
            var own = new List<UInt128>(draws);
            for (var i = 0; i < draws; i++)
                own.Add(Draw());
            lock (seen)
                seen.UnionWith(own);
        });

        Assert.Equal(8 * draws, seen.Count);
    }

    [Theory]
    [InlineData(1), InlineData(7), InlineData(256), InlineData(257), InlineData(5000)]
    public void Every_byte_of_a_draw_is_random(int length)
    {
        // A byte that stays 0 in 64 draws is not drawn: by chance that happens once in 2^512.
        var ever = new byte[length];
        var drawn = new byte[length];
        for (var i = 0; i < 64; i++)
        {
            RandomBytes.Fill(drawn);
            for (var k = 0; k < length; k++)
                ever[k] |= drawn[k];
        }

        Assert.DoesNotContain((byte)0, ever);
    }

    private static UInt128 Draw()
    {
        Span<byte> drawn = stackalloc byte[16];
        RandomBytes.Fill(drawn);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(drawn);
    }
}
