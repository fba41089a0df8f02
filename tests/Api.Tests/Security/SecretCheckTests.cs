using TekSipCloud.Api.Security;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Testing;

namespace TekSipCloud.Api.Tests.Security;

/// <summary>A slow hash is computed once a minute for a right secret, not once a request.</summary>
public sealed class SecretCheckTests
{
    private const string Source = "192.0.2.1";
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly FakeClock _clock = new();
    private readonly SecretCheck<string> _check;
    private int _asked;

    public SecretCheckTests() => _check = new(
        new SecretHash(new FixedClusterKeys()),
        new VerifiedSecrets<string>(_clock, Lifetime, capacity: 100),
        new FailureThrottle(_clock, maxFailures: 3, TimeSpan.FromMinutes(5), maxSources: 100));

    [Fact]
    public async Task A_right_secret_is_asked_for_once_a_minute()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal("right", (await Check("right")).Value);
        Assert.Equal(1, _asked);

        _clock.Advance(Lifetime);
        await Check("right");
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_wrong_secret_is_never_remembered_and_runs_into_the_throttle()
    {
        for (var i = 0; i < 3; i++)
            Assert.Null((await Check("wrong")).RetryAfter);

        Assert.Equal(3, _asked);
        Assert.NotNull((await Check("wrong")).RetryAfter);
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task A_throttled_source_does_not_learn_from_the_cache_what_is_right()
    {
        await Check("right");
        for (var i = 0; i < 3; i++)
            await Check("wrong");

        var verdict = await Check("right");
        Assert.Null(verdict.Value);
        Assert.NotNull(verdict.RetryAfter);
    }

    [Fact]
    public async Task Checks_of_one_secret_at_the_same_time_are_one_check()
    {
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, 50).Select(_ => Check("right", () => answer.Task)).ToArray();
        answer.SetResult("right");

        var verdicts = await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.All(verdicts, verdict => Assert.Equal("right", verdict.Value));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_secret_forgotten_while_it_was_checked_is_not_remembered()
    {
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Check("right", () => answer.Task);
        _check.Forget(TenantId.Default);
        answer.SetResult("right");
        await running.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        await Check("right");
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Another_tenant_with_the_same_secret_is_asked_itself()
    {
        await Check("right");
        await _check.Check(new TenantId("other"), "right", Source, () => Ask(Task.FromResult<string?>("right")));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_fault_is_not_held_against_the_source()
    {
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => Check("right", () => throw new TimeoutException()));

        Assert.Equal("right", (await Check("right")).Value);
    }

    private Task<Verdict<string>> Check(string secret) =>
        Check(secret, () => Task.FromResult(secret == "right" ? secret : null));

    private Task<Verdict<string>> Check(string secret, Func<Task<string?>> answer) =>
        _check.Check(TenantId.Default, secret, Source, () => Ask(answer()));

    private Task<string?> Ask(Task<string?> answer)
    {
        _asked++;
        return answer;
    }
}
