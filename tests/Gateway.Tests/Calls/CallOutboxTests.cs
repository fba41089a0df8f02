using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>The way of calls into their books.</summary>
public sealed class CallOutboxTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly FakeClock _clock = new();
    private readonly InMemoryGrains _grains;
    private readonly CallOutbox _outbox;

    public CallOutboxTests()
    {
        _grains = new InMemoryGrains(_clock);
        var options = Options.Create(new GatewayOptions { CallBacklog = 100 });
        _outbox = new CallOutbox(_grains, _clock, options, NullLogger<CallOutbox>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _outbox.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_happens_to_a_call_is_written_in_order()
    {
        var call = NewCall();

        Live(call);
        await _outbox.Drain(Patience).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(["open", "Ringing", "Answered", "end"], Books(call).Told);
    }

    [Fact]
    public async Task What_is_told_while_the_last_is_just_written_keeps_its_order()
    {
        var calls = Enumerable.Range(0, 2_000).Select(_ => NewCall()).ToArray();

        foreach (var call in calls)
            Live(call);

        await _outbox.Drain(Patience).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.All(calls, call => Assert.Equal(["open", "Ringing", "Answered", "end"], Books(call).Told));
        Assert.Equal(0, _outbox.Waiting);
    }

    [Fact]
    public async Task What_fails_is_tried_again_and_nothing_overtakes_it()
    {
        var call = NewCall();
        Books(call).Failures = 3;

        Live(call);
        // 200, 400 and 800 ms: each wait is armed before time passes over it.
        AdvanceUntil(() => Books(call).Failures < 0);
        await _outbox.Drain(Patience).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(["open", "Ringing", "Answered", "end"], Books(call).Told);
    }

    [Fact]
    public async Task A_call_that_cannot_be_written_holds_up_no_other()
    {
        var stuck = NewCall();
        Books(stuck).Failures = int.MaxValue;
        _outbox.Open(stuck);
        var others = Enumerable.Range(0, 64).Select(_ => NewCall()).ToArray();

        foreach (var call in others)
            _outbox.Open(call);

        Assert.True(SpinWait.SpinUntil(() => _outbox.Waiting == 1, Patience), $"{_outbox.Waiting} wait.");
        Books(stuck).Failures = 0;
        AdvanceUntil(() => _outbox.Waiting == 0);
        await _outbox.Drain(Patience).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.All(others, c => Assert.Equal(["open"], Books(c).Told));
    }

    [Fact]
    public void Beyond_its_bound_no_new_call_may_begin()
    {
        var calls = Enumerable.Range(0, 100).Select(_ => NewCall()).ToArray();
        foreach (var call in calls)
            Books(call).Failures = int.MaxValue;

        foreach (var call in calls.Take(99))
            _outbox.Open(call);
        var before = _outbox.HasRoom;
        _outbox.Open(calls[99]);

        Assert.Equal((true, false, 100), (before, _outbox.HasRoom, _outbox.Waiting));
    }

    [Fact]
    public void Once_closed_no_new_call_may_begin()
    {
        _outbox.Close();

        Assert.False(_outbox.HasRoom);
    }

    [Fact]
    public async Task Draining_gives_up_at_its_deadline()
    {
        var call = NewCall();
        Books(call).Failures = int.MaxValue;
        _outbox.Open(call);

        var drained = _outbox.Drain(TimeSpan.FromSeconds(5));
        AdvanceUntil(() => drained.IsCompleted);

        await drained.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(1, _outbox.Waiting);
    }

    private void Live(CallSummary call)
    {
        _outbox.Open(call);
        _outbox.Progress(call with { State = CallState.Ringing });
        _outbox.Progress(call with { State = CallState.Answered });
        _outbox.End(new CallRecord { Call = call, Ended = _clock.GetUtcNow(), Status = 200, EndedBy = CallEnd.Caller });
    }

    /// <summary>Other threads arm timers meanwhile, so time passes in small steps until they are through.</summary>
    private void AdvanceUntil(Func<bool> isDone) => Assert.True(SpinWait.SpinUntil(
        () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return isDone();
        },
        Patience));

    private InMemoryCall Books(CallSummary call) => _grains.Call(new CallKey(call.Tenant, call.Id));

    private static CallSummary NewCall() => new()
    {
        Id = Guid.CreateVersion7(),
        Tenant = new TenantId("t"),
        Node = "a",
        Incarnation = "1",
        Caller = new("101", "", CallPartyKind.Extension, "", ""),
        Callee = new("102", "", CallPartyKind.Extension, "", ""),
        Started = default,
    };
}
