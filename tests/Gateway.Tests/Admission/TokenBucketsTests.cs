using TekSipCloud.Gateway.Admission;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>Buckets for many keys in memory taken once.</summary>
public sealed class TokenBucketsTests
{
    private readonly FakeClock _clock = new();

    private long Now => _clock.GetTimestamp();

    [Fact]
    public void A_bucket_gives_its_burst_and_then_its_rate()
    {
        var buckets = Buckets(rate: 10, burst: 20);

        Assert.Equal(20, Take(buckets, key: 1, tries: 50));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, Take(buckets, key: 1, tries: 50));
    }

    [Fact]
    public void A_bucket_never_holds_more_than_its_burst()
    {
        var buckets = Buckets(rate: 10, burst: 20);
        Take(buckets, key: 1, tries: 1);

        buckets.Give(1, 1_000);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(20, Take(buckets, key: 1, tries: 50));
    }

    [Fact]
    public void A_token_given_back_can_be_taken_again()
    {
        var buckets = Buckets(rate: 1, burst: 5);
        Take(buckets, key: 1, tries: 5);
        Assert.True(buckets.IsDry(1, Now));

        buckets.Give(1, 2);

        Assert.False(buckets.IsDry(1, Now));
        Assert.Equal(2, Take(buckets, key: 1, tries: 5));
    }

    [Fact]
    public void A_rate_of_zero_is_no_bound() => Assert.Equal(10_000, Take(Buckets(rate: 0, burst: 1), key: 1, tries: 10_000));

    [Fact]
    public void An_empty_bucket_is_kept_when_newcomers_take_the_places()
    {
        // The full ones lose nothing by being forgotten: they go first.
        var buckets = Buckets(rate: 1, burst: 5, places: 8);
        Take(buckets, key: 1, tries: 5);

        for (var key = 2; key < 1_000; key++)
            Take(buckets, key, tries: 1);

        Assert.True(buckets.IsDry(1, Now));
    }

    [Fact]
    public void A_key_is_known_for_its_lifetime()
    {
        var buckets = Buckets(rate: 1, burst: 5);
        buckets.Keep(7, Now);

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True(buckets.Knows(7, Now));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(buckets.Knows(7, Now));
    }

    [Fact]
    public void Threads_that_share_a_bucket_take_no_more_than_it_holds()
    {
        var buckets = Buckets(rate: 1, burst: 1_000);
        var taken = 0;

        Parallel.For(0, 4, _ => Interlocked.Add(ref taken, Take(buckets, key: 1, tries: 1_000)));

        Assert.Equal(1_000, taken);
    }

    private TokenBuckets Buckets(int rate, int burst, int places = 64) => new(places, rate, burst, TimeSpan.FromMinutes(1), _clock);

    private int Take(TokenBuckets buckets, long key, int tries) => Enumerable.Range(0, tries).Count(_ => buckets.TryTake(key, Now));
}
