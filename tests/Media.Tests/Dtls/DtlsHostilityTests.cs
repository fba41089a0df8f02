using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Dtls;

namespace TekSipCloud.Media.Tests.Dtls;

/// <summary>Datagrams of somebody who means no good: nothing throws, nothing leaks, and where it can be helped nothing ends.</summary>
public sealed class DtlsHostilityTests
{
    private const int Many = 200;

    [Fact]
    public void Whatever_comes_before_a_handshake_it_succeeds() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            using var pair = new DtlsPair().ExpectEachOther();
            pair.Passive.Receive(bytes);
            pair.Passive.Receive(DtlsPair.Record(22, bytes));
            pair.Passive.Receive(DtlsPair.Record(21, bytes));
            _ = pair.Take(pair.Passive);

            return pair.Shake().IsEstablished;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_comes_after_a_handshake_it_stays() =>
        Prop.ForAll<byte[], byte>((bytes, epoch) =>
        {
            using var pair = new DtlsPair().ExpectEachOther().Shake();
            foreach (var type in (byte[])[20, 21, 22, 23, 24, 63])
            {
                var record = DtlsPair.Record(type, bytes);
                record[4] = (byte)(epoch % 3);
                pair.Passive.Receive(record);
                pair.Active.Receive(record);
            }

            return pair.IsEstablished;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_handshake_whose_datagrams_are_changed_neither_throws_nor_gives_different_keys() =>
        Prop.ForAll(
            Gen.Choose(0, 8).ToArbitrary(), Gen.Choose(0, DtlsAssociation.MaxSentBytes).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(),
            (number, at, change) =>
            {
                using var pair = new DtlsPair().ExpectEachOther();
                ShakeChanged(pair, number, at, (byte)change);

                return !pair.IsEstablished
                    || pair.Active.Keys!.Ours.IsSameAs(pair.Passive.Keys!.Theirs) && pair.Active.Keys.Theirs.IsSameAs(pair.Passive.Keys.Ours);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_forged_ClientHello_neither_before_nor_amid_ends_a_handshake_RFC_6347_section_4_2_1()
    {
        using var pair = new DtlsPair().ExpectEachOther();
        using var stranger = new DtlsPair();
        stranger.Active.Begin();
        var forged = stranger.Take(stranger.Active);
        pair.Active.Begin();
        for (var flight = 0; flight < 8; flight++)
        {
            // Its sender hears nothing of what it causes, as it wrote another's address.
            DtlsPair.Give(pair.Passive, forged);
            DtlsPair.Give(pair.Passive, pair.Take(pair.Active));
            DtlsPair.Give(pair.Passive, forged);
            DtlsPair.Give(pair.Active, pair.Take(pair.Passive));
        }

        Assert.True(pair.IsEstablished, $"{pair.Active.State} {pair.Active.FailureReason}, {pair.Passive.State} {pair.Passive.FailureReason}");
    }

    [Fact]
    public void What_is_answered_to_an_unproven_ClientHello_is_shorter_than_it()
    {
        using var pair = new DtlsPair();
        pair.Active.Begin();
        var hello = Assert.Single(pair.Take(pair.Active));

        pair.Passive.Receive(hello);

        Assert.InRange(Assert.Single(pair.Take(pair.Passive)).Length, 1, hello.Length);
    }

    [Fact]
    public void A_ClientHello_after_the_handshake_begins_nothing()
    {
        using var pair = new DtlsPair().ExpectEachOther().Shake();
        var keys = pair.Passive.Keys;
        using var other = new DtlsPair();
        other.Active.Begin();
        DtlsPair.Give(pair.Passive, other.Take(other.Active));

        Assert.Same(keys, pair.Passive.Keys);
        Assert.True(pair.IsEstablished);
        Assert.Empty(pair.Take(pair.Passive));
    }

    [Fact]
    public void Fragments_without_end_take_no_more_memory_than_some()
    {
        using var pair = new DtlsPair().ExpectEachOther();
        for (var number = 0; number < 20_000; number++)
        {
            // Handshake messages of 16 kB each, of which a few bytes are there.
            var fragment = new byte[64];
            fragment[0] = 11;
            fragment[2] = 0x3F;
            fragment[4] = (byte)(number >> 8);
            fragment[5] = (byte)number;
            fragment[11] = (byte)(fragment.Length - 12);
            pair.Passive.Receive(DtlsPair.Record(22, fragment));
        }

        Assert.Empty(pair.Take(pair.Passive));
        Assert.True(pair.Shake().IsEstablished);
    }

    [Fact]
    public void Nothing_of_OpenSSL_is_left_when_associations_have_ended_or_were_forgotten()
    {
        for (var i = 0; i < Many; i++)
            Forget();

        // Other tests of the assembly have associations too, so only what this one made can be waited for.
        var left = int.MaxValue;
        for (var attempt = 0; attempt < 50 && left > Many / 4; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            left = DtlsContext.OpenAssociations;
        }

        Assert.InRange(left, 0, Many / 4);
    }

    private static void Forget()
    {
        var kept = new DtlsPair().ExpectEachOther();
        ShakeChanged(kept, Random.Shared.Next(8), Random.Shared.Next(300), 1);
        using var ended = new DtlsPair().ExpectEachOther();
        ShakeChanged(ended, Random.Shared.Next(8), Random.Shared.Next(300), 1);
    }

    private static void ShakeChanged(DtlsPair pair, int number, int at, byte change)
    {
        pair.Active.Begin();
        var sent = 0;
        for (var flight = 0; flight < 12; flight++)
        {
            Pass(pair.Active, pair.Passive);
            Pass(pair.Passive, pair.Active);
            pair.Active.HandleTimeout();
            pair.Passive.HandleTimeout();
        }

        void Pass(DtlsAssociation from, DtlsAssociation to)
        {
            foreach (var datagram in pair.Take(from))
            {
                if (sent++ == number)
                    datagram[at % datagram.Length] ^= change;
                to.Receive(datagram);
            }
        }
    }
}
