using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>RFC 2308, RFC 8767, RFC 9520.</summary>
public sealed class DnsCacheTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly DnsQuestion Question = new("a.test", DnsRecordType.A);

    private readonly FakeClock _clock = new();
    private readonly FakeNames _names = new();
    private readonly DnsOptions _options = new() { MaxEntries = 100 };

    [Fact]
    public async Task An_answer_is_kept_for_its_lifetime_and_no_longer()
    {
        _names.AddAddress("a.test", "192.0.2.1");
        var cache = Cache();

        await Ask(cache);
        _clock.Advance(_names.Ttl - TimeSpan.FromTicks(1));
        await Ask(cache);
        Assert.Single(_names.Asked);

        _clock.Advance(TimeSpan.FromTicks(1));
        await Ask(cache);
        Assert.Equal(2, _names.Asked.Count);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2_000_000, 86_400)]
    public async Task A_lifetime_has_a_floor_and_a_ceiling(int ttl, int kept)
    {
        _names.Ttl = TimeSpan.FromSeconds(ttl);
        _names.AddAddress("a.test", "192.0.2.1");
        var cache = Cache();

        await Ask(cache);
        _clock.Advance(TimeSpan.FromSeconds(kept) - TimeSpan.FromTicks(1));
        await Ask(cache);
        Assert.Single(_names.Asked);
        _clock.Advance(TimeSpan.FromTicks(1));
        await Ask(cache);
        Assert.Equal(2, _names.Asked.Count);
    }

    [Fact]
    public async Task That_there_is_none_is_kept_as_the_zone_says_and_five_minutes_at_most()
    {
        _names.Add(Question, new DnsAnswer(DnsOutcome.NoName, [], TimeSpan.FromHours(1)));
        var cache = Cache();

        await Ask(cache);
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Equal(DnsOutcome.NoName, (await Ask(cache)).Outcome);
        Assert.Single(_names.Asked);
        _clock.Advance(TimeSpan.FromTicks(1));
        await Ask(cache);
        Assert.Equal(2, _names.Asked.Count);
    }

    [Fact]
    public async Task A_question_is_under_way_once_however_many_ask_it()
    {
        var weather = new TaskCompletionSource();
        _names.Weather = weather.Task;
        _names.AddAddress("a.test", "192.0.2.1");
        var cache = Cache();
        var all = Enumerable.Range(0, 50).Select(_ => Ask(cache)).ToArray();

        weather.SetResult();
        var answers = await Task.WhenAll(all).WaitAsync(Soon);

        Assert.Single(_names.Asked);
        Assert.All(answers, answer => Assert.Equal(DnsOutcome.Found, answer.Outcome));
    }

    [Fact]
    public async Task One_callers_impatience_does_not_end_the_question()
    {
        var weather = new TaskCompletionSource();
        _names.Weather = weather.Task;
        _names.AddAddress("a.test", "192.0.2.1");
        var cache = Cache();
        using var impatience = new CancellationTokenSource();
        var given = cache.Lookup(Question, impatience.Token);
        var waiting = Ask(cache);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.WaitAsync(Soon));
        weather.SetResult();

        Assert.Equal(DnsOutcome.Found, (await waiting.WaitAsync(Soon)).Outcome);
        Assert.Single(_names.Asked);
    }

    [Fact]
    public async Task While_no_server_answers_what_was_known_serves_for_a_day()
    {
        // RFC 8767 §4
        _names.AddAddress("a.test", "192.0.2.1");
        var cache = Cache();
        await Ask(cache);

        _names.IsAway = true;
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(DnsOutcome.Found, (await Ask(cache)).Outcome);
        // RFC 8767 §5: not each call asks the servers that are away.
        await Ask(cache);
        Assert.Equal(2, _names.Asked.Count);

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(DnsOutcome.NoAnswer, (await Ask(cache)).Outcome);
    }

    [Fact]
    public async Task A_server_that_says_there_is_none_ends_what_was_known()
    {
        _names.AddAddress("a.test", "192.0.2.1");
        var cache = Cache();
        await Ask(cache);

        _names.Add(Question, new DnsAnswer(DnsOutcome.NoName, [], TimeSpan.FromMinutes(1)));
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(DnsOutcome.NoName, (await Ask(cache)).Outcome);
    }

    [Fact]
    public async Task Nobody_waits_long_for_a_new_answer_when_an_old_one_is_at_hand()
    {
        // RFC 8767 §5: 1.8 s
        _names.AddAddress("a.test", "192.0.2.1");
        var cache = Cache();
        await Ask(cache);
        var weather = new TaskCompletionSource();
        _names.Weather = weather.Task;
        _clock.Advance(TimeSpan.FromMinutes(2));

        var asked = Ask(cache);
        Assert.False(asked.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1.8));

        Assert.Equal(DnsOutcome.Found, (await asked.WaitAsync(Soon)).Outcome);
        weather.SetResult();
    }

    [Fact]
    public async Task A_failure_is_remembered_for_five_seconds()
    {
        // RFC 9520 §3.2
        _names.IsAway = true;
        var cache = Cache();
        await Ask(cache);
        await Ask(cache);
        Assert.Single(_names.Asked);

        _names.IsAway = false;
        _names.AddAddress("a.test", "192.0.2.1");
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(DnsOutcome.Found, (await Ask(cache)).Outcome);
    }

    [Fact]
    public async Task An_alias_whose_target_the_server_does_not_know_is_followed()
    {
        _names.Add(Question, new DnsAnswer(DnsOutcome.NoRecord, [], TimeSpan.FromMinutes(1), "b.test"));
        _names.AddAddress("b.test", "192.0.2.2");

        var answer = await Ask(Cache());

        Assert.Equal("192.0.2.2", Assert.IsType<AddressRecord>(Assert.Single(answer.Records)).Address.ToString());
    }

    [Fact]
    public async Task Aliases_in_a_circle_come_to_an_end()
    {
        _names.Add(Question, new DnsAnswer(DnsOutcome.NoRecord, [], TimeSpan.FromMinutes(1), "b.test"));
        _names.Add(Question with { Name = "b.test" }, new DnsAnswer(DnsOutcome.NoRecord, [], TimeSpan.FromMinutes(1), "a.test"));

        Assert.Empty((await Ask(Cache())).Records);
    }

    [Fact]
    public async Task It_holds_so_many_answers_and_no_more()
    {
        var cache = Cache();
        for (var i = 0; i < 1_000; i++)
            await cache.Lookup(new($"n{i}.test", DnsRecordType.A), CancellationToken.None).WaitAsync(Soon);

        Assert.InRange(cache.Count, 50, 100);
    }

    private DnsCache Cache() => new(_names, _options, _clock, NullLogger<DnsCache>.Instance);

    private static Task<DnsAnswer> Ask(DnsCache cache) => cache.Lookup(Question, CancellationToken.None).WaitAsync(Soon);
}
