using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>The packed records of transactions that are over behave as a list of them would.</summary>
public sealed class FinishedStoreProperties
{
    private const long Short = 5;
    private const long Long = 32;

    [Fact]
    public void A_record_is_found_until_its_time_ends_and_none_is_taken_for_another() =>
        Prop.ForAll(Steps(), steps => Run(steps, long.MaxValue)).QuickCheckThrowOnFailure();

    [Fact]
    public void Beyond_the_bound_the_new_record_is_kept_and_what_is_found_is_still_right() =>
        Prop.ForAll(Steps(), steps => Run(steps, 600)).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys_of_the_same_hash_are_told_apart_whatever_is_taken_out() =>
        Prop.ForAll(Gen.Choose(0, 99).ArrayOf().Resize(200).ToArbitrary(), IndexAgrees).QuickCheckThrowOnFailure();

    [Fact]
    public void Records_come_and_go_without_an_allocation()
    {
        var store = new FinishedTransactions(new TimeSpan(Short), maxBytes: 1 << 20);
        var (now, key, message) = (0L, new byte[60], new byte[400]);
        Allocations.AssertNone(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                BitConverter.TryWriteBytes(key, ++now);
                store.Add((ulong)now, key, now, now + (i % 2 == 0 ? Short : Long), new() { Kind = FinishedKind.Answered, Message = message });
                store.Sweep(now);
            }
        });
        Assert.InRange(store.Count(FinishedKind.Answered), 1, (int)Long);
    }

    /// <summary>A step: 0–19 adds a key that lives short, 20–39 long, above that time passes.</summary>
    private static Arbitrary<int[]> Steps() => Gen.Choose(0, 59).ArrayOf().Resize(200).ToArbitrary();

    private static bool Run(int[] steps, long maxBytes)
    {
        var store = new FinishedTransactions(new TimeSpan(Short), maxBytes);
        var model = new Dictionary<int, (long Due, string Message)>();
        var now = 0L;
        foreach (var step in steps)
        {
            if (step >= 40)
                now += step - 40;
            else if (!model.TryGetValue(step % 20, out var known) || known.Due <= now)
                Add(step, now + (step < 20 ? Short : Long));
            // Letting go is late at times, being over is not.
            if (step % 2 == 0)
                store.Sweep(now);
            if (!Agrees(store, model, now, mayForget: maxBytes < long.MaxValue) || store.Bytes > maxBytes)
                return false;
        }

        store.Sweep(now + Long);
        return store.Bytes == 0 && store.Count(FinishedKind.Answered) == 0 && store.FirstDue == long.MaxValue;

        void Add(int step, long due)
        {
            var message = new string((char)('a' + (step % 20)), 1 + (step * 7 % 50)) + now;
            model[step % 20] = (due, message);
            store.Add(Hash(step % 20), Key(step % 20), now, due, new() { Kind = FinishedKind.Answered, Tag = "t"u8, Message = Encoding.ASCII.GetBytes(message) });
            Assert.True(store.Contains(Hash(step % 20), Key(step % 20), now), "The newest record is there.");
        }
    }

    private static bool Agrees(FinishedTransactions store, Dictionary<int, (long Due, string Message)> model, long now, bool mayForget)
    {
        for (var i = 0; i < 20; i++)
        {
            var isFound = store.TryFind(Hash(i), Key(i), now, out var record);
            var isKnown = model.TryGetValue(i, out var known) && known.Due > now;
            if (isFound && !(isKnown && known.Message == Encoding.ASCII.GetString(record.Message) && record.Tag.SequenceEqual("t"u8)))
                return false;
            if (isKnown && !isFound && !mayForget)
                return false;
        }

        return true;
    }

    // Each key is the beginning of the next.
    private static byte[] Key(int i) => Encoding.ASCII.GetBytes(new string('k', i));

    // Some share theirs.
    private static ulong Hash(int i) => (ulong)i % 15;

    private static bool IndexAgrees(int[] steps)
    {
        var pages = new FinishedPages();
        var number = pages.Add(1 << 16, held: 0);
        var index = new FinishedIndex(pages);
        var model = new Dictionary<int, (int, int)>();
        foreach (var step in steps)
        {
            // Four hashes for all: long chains that overlap at the table's end.
            var (key, hash) = (BitConverter.GetBytes(step), ulong.MaxValue - ((ulong)step % 4));
            if (model.Remove(step, out var place))
                index.Remove(hash, place);
            else
                index.Add(hash, model[step] = (number, pages[number].Append(hash, 1, key, new() { Kind = FinishedKind.Seen })));
            if (!Enumerable.Range(0, 100).All(i => index.TryFind(ulong.MaxValue - ((ulong)i % 4), BitConverter.GetBytes(i), 0, out var at)
                ? model.TryGetValue(i, out var expected) && at == expected
                : !model.ContainsKey(i)))
            {
                return false;
            }
        }

        return index.Count == model.Count;
    }
}
