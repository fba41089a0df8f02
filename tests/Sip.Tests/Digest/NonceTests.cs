using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Digest;

public sealed class NonceTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly FakeClock _clock = new();

    [Fact]
    public void A_nonce_is_valid_for_its_lifetime_and_then_stale()
    {
        var source = Source(1);
        var nonce = NonceOf(source);
        Assert.Equal(NonceVerdict.Valid, source.Check(nonce, out _));

        _clock.Advance(Lifetime - TimeSpan.FromMilliseconds(1));
        Assert.Equal(NonceVerdict.Valid, source.Check(nonce, out _));

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(NonceVerdict.Stale, source.Check(nonce, out _));
    }

    [Fact]
    public void A_nonce_looks_fresh_for_as_long_as_is_asked_and_on_its_own_node_only()
    {
        var source = Source(1);
        var nonce = NonceOf(source);
        var within = TimeSpan.FromSeconds(4);
        _clock.Advance(within);

        Assert.True(source.LooksFresh(nonce, within));
        Assert.False(Source(2).LooksFresh(nonce, within));
        Assert.False(source.LooksFresh("abc"u8, within));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(source.LooksFresh(nonce, within));
    }

    [Fact]
    public void Another_node_s_nonce_is_known_but_foreign() =>
        Assert.Equal(NonceVerdict.Foreign, Source(2).Check(NonceOf(Source(1)), out _));

    [Fact]
    public void A_nonce_under_another_key_is_forged()
    {
        var other = new NonceSource([.. Enumerable.Repeat((byte)7, 32)], 1, Lifetime, _clock);

        Assert.Equal(NonceVerdict.Forged, other.Check(NonceOf(Source(1)), out _));
    }

    [Fact]
    public void A_nonce_with_any_character_changed_is_forged()
    {
        var source = Source(1);
        var nonce = NonceOf(source);
        for (var index = 0; index < nonce.Length; index++)
        {
            var changed = nonce.ToArray();
            changed[index] = changed[index] == (byte)'A' ? (byte)'B' : (byte)'A';
            Assert.Equal(NonceVerdict.Forged, source.Check(changed, out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("dcd98b7102dd2f0e8b11d0f600bfb0c093")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void Anything_else_is_forged(string nonce) =>
        Assert.Equal(NonceVerdict.Forged, Source(1).Check(System.Text.Encoding.ASCII.GetBytes(nonce), out _));

    [Fact]
    public void No_two_nonces_are_equal()
    {
        var source = Source(1);

        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => Convert.ToHexString(NonceOf(source))).Distinct().Count());
    }

    [Fact]
    public void A_nonce_of_an_earlier_process_from_after_the_clock_was_set_back_is_stale()
    {
        var nonce = NonceOf(Source(1));

        var earlier = new NonceSource(new byte[32], 1, Lifetime, new FakeClock(_clock.GetUtcNow() - TimeSpan.FromHours(1)));
        Assert.Equal(NonceVerdict.Stale, earlier.Check(nonce, out _));
    }

    [Fact]
    public void A_short_key_is_refused() =>
        Assert.Throws<ArgumentException>(() => new NonceSource(new byte[31], 1, Lifetime, _clock));

    [Theory]
    [InlineData("1", "F")]
    [InlineData("1 1", "FR")]
    [InlineData("1 2 3 2", "FFFR")]
    [InlineData("3 1 2 1", "FFFR")]
    [InlineData("100 37 36", "FFR")]
    [InlineData("1 100 1 99", "FFRF")]
    [InlineData("1 65 1 2", "FFRF")]
    [InlineData("4294967295 4294967295 1", "FRR")]
    public void Each_count_is_used_once_and_late_ones_only_within_the_window(string counts, string expected)
    {
        var window = new NonceCountWindow(4);

        var seen = counts.Split(' ').Select(count => window.Use(new(1, 1), uint.Parse(count, System.Globalization.CultureInfo.InvariantCulture)).ToString()[0]);

        Assert.Equal(expected, string.Concat(seen));
    }

    [Fact]
    public void A_nonce_that_serves_one_request_serves_no_other_whatever_its_count()
    {
        var window = new NonceCountWindow(2);
        Assert.Equal(NonceUse.First, window.UseOnce(new(1, 1)));
        Assert.Equal(NonceUse.First, window.Use(new(1, 2), 1));

        Assert.Equal(NonceUse.Replayed, window.UseOnce(new(1, 1)));
        Assert.Equal(NonceUse.Replayed, window.Use(new(1, 1), uint.MaxValue));
        Assert.Equal(NonceUse.Replayed, window.UseOnce(new(1, 2)));
        Assert.Equal(NonceUse.First, window.UseOnce(new(1, 3)));
        Assert.Equal(NonceUse.Forgotten, window.UseOnce(new(1, 1)));
    }

    [Fact]
    public void A_nonce_whose_uses_are_forgotten_is_not_taken_again()
    {
        var window = new NonceCountWindow(2);
        Assert.Equal(NonceUse.First, window.Use(new(10, 1), 1));
        Assert.Equal(NonceUse.First, window.Use(new(20, 3), 1));
        Assert.Equal(NonceUse.First, window.Use(new(30, 4), 1));

        Assert.Equal(NonceUse.Forgotten, window.Use(new(10, 1), 1));
        Assert.Equal(NonceUse.Forgotten, window.Use(new(10, 1), 2));
        Assert.Equal(NonceUse.Replayed, window.Use(new(20, 3), 1));
        Assert.Equal(NonceUse.First, window.Use(new(40, 5), 1));
    }

    [Fact]
    public void Who_answers_later_than_many_others_is_not_challenged_anew()
    {
        var window = new NonceCountWindow(2);
        for (ulong serial = 2; serial < 1_000; serial++)
            Assert.Equal(NonceUse.First, window.Use(new(10, serial), 1));

        Assert.Equal(NonceUse.First, window.Use(new(10, 1), 1));
    }

    [Fact]
    public void A_nonce_older_than_all_that_is_remembered_is_not_taken()
    {
        var window = new NonceCountWindow(1, bits: 128);
        foreach (var serial in (ulong[])[ulong.MaxValue - 1, 127, 200])
            Assert.Equal(NonceUse.First, window.Use(new(10, serial), 1));

        Assert.Equal(NonceUse.Forgotten, window.Use(new(10, ulong.MaxValue), 1));
        Assert.Equal(NonceUse.First, window.Use(new(10, 0), 1));
    }

    [Fact]
    public void Whatever_the_order_no_nonce_is_taken_twice() =>
        Prop.ForAll(Gen.Choose(0, 400).ArrayOf().ToArbitrary(), serials =>
        {
            var (window, used) = (new NonceCountWindow(3, bits: 64), new HashSet<int>());
            foreach (var serial in serials)
            {
                var isFirst = window.Use(new(10, ulong.MaxValue - 200 + (ulong)serial), 1) == NonceUse.First;
                Assert.False(isFirst && !used.Add(serial));
            }
        }).QuickCheckThrowOnFailure();

    private NonceSource Source(uint node) => new(new byte[32], node, Lifetime, _clock);

    private static byte[] NonceOf(NonceSource source) => source.Create(stackalloc byte[NonceSource.NonceLength]).ToArray();
}
