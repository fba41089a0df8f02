using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Tracing;

namespace TekSipCloud.Sip.Tests.Tracing;

/// <summary>A ring keeps the latest entries, whole and in order, whatever their lengths.</summary>
public sealed class TraceRingTests
{
    [Fact]
    public void What_is_kept_is_the_end_of_what_was_written()
    {
        var lengths = Gen.Choose(0, 20_000).ListOf().ToArbitrary();
        Prop.ForAll(lengths, lengthsOfEntries =>
        {
            var ring = new TraceRing(TraceRing.MinCapacity);
            var written = lengthsOfEntries.Select((length, i) => Content(i, length, ring.MaxContent)).ToArray();
            foreach (var content in written)
                Write(ring, 0, content);

            var kept = ReadAll(ring);
            Assert.Equal(written.TakeLast(kept.Count).Select(Convert.ToHexString), kept.Select(Convert.ToHexString));
            Assert.True(kept.Count == written.Length || kept.Sum(content => content.Length + TraceEntry.Size + 8) > TraceRing.MinCapacity / 2);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Of_what_is_too_long_the_beginning_is_kept()
    {
        var ring = new TraceRing(TraceRing.MinCapacity);
        Write(ring, 0, new byte[TraceRing.MinCapacity]);

        Assert.Equal(ring.MaxContent, Assert.Single(ReadAll(ring)).Length);
    }

    [Fact]
    public void Who_reads_while_it_is_written_sees_whole_entries_only()
    {
        var ring = new TraceRing(TraceRing.MinCapacity);
        var written = 0;
        var writer = new Thread(() =>
        {
            for (var i = 0; i < 200_000; i++)
            {
                var length = 40 + (i * 7919 % 3000);
                Write(ring, i, Filled((byte)i, length));
                Volatile.Write(ref written, i);
            }
        });
        writer.Start();
        var seen = 0;
        do
        {
            foreach (var (entry, content) in ReadEntries(ring))
            {
                seen++;
                Assert.Equal(40 + (int)(entry.At * 7919 % 3000), content.Length);
                Assert.DoesNotContain(content, b => b != (byte)entry.At);
            }
        }
        while (writer.IsAlive);

        writer.Join();
        Assert.True(seen > 0);
        Assert.Equal(199_999, ReadEntries(ring)[^1].Entry.At);
    }

    private static void Write(TraceRing ring, long at, byte[] content)
    {
        ref var entry = ref ring.Begin(content);
        entry.Kind = TraceKind.Sent;
        entry.At = at;
        ring.End();
    }

    private static byte[] Filled(byte value, int length)
    {
        var content = new byte[length];
        Array.Fill(content, value);
        return content;
    }

    private static byte[] Content(int number, int length, int longest)
    {
        var content = new byte[Math.Min(length, longest)];
        new Random(number).NextBytes(content);
        return content;
    }

    private static List<byte[]> ReadAll(TraceRing ring) => [.. ReadEntries(ring).Select(found => found.Content)];

    private static List<(TraceEntry Entry, byte[] Content)> ReadEntries(TraceRing ring)
    {
        var found = new List<(TraceEntry, byte[])>();
        ring.Read((in _, _) => true, found);
        return found;
    }
}
