using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
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
    private readonly InMemoryJournal _journal = new();
    private readonly InMemoryGrains _grains;
    private readonly CallOutbox _outbox;

    public CallOutboxTests()
    {
        _grains = new InMemoryGrains(_clock);
        var options = Options.Create(new GatewayOptions { CallBacklog = 100 });
        _outbox = new CallOutbox(_grains, new NodeIdentity("a", "1"), _journal, _clock, options, NullLogger<CallOutbox>.Instance);
    }

    private InMemoryCallBook Book => _grains.Book;

    public async ValueTask DisposeAsync()
    {
        await _outbox.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_call_that_begins_and_ends_in_one_moment_is_one_report_without_a_row_of_its_own()
    {
        var call = NewCall();

        Live(call);
        await Drain();

        var report = Assert.Single(Book.Of(call.Id));
        Assert.Equal((CallState.Answered, 200, false), (report.Call.State, report.End?.Status, report.MayHaveRow));
    }

    [Fact]
    public async Task What_happens_to_a_call_is_written_in_order_and_its_end_removes_its_row()
    {
        var call = NewCall();
        var entry = _outbox.Open(call);
        AdvanceUntil(() => Book.Of(call.Id).Length == 1);
        _outbox.Progress(entry, call with { State = CallState.Answered });
        AdvanceUntil(() => Book.Of(call.Id).Length == 2);

        _outbox.End(entry, Record(call with { State = CallState.Answered }));
        await Drain();

        var told = Book.Of(call.Id);
        Assert.Equal([CallState.Calling, CallState.Answered, CallState.Answered], told.Select(report => report.Call.State));
        Assert.Equal([false, false, true], told.Select(report => report.End is not null));
        Assert.True(told[^1].MayHaveRow);
    }

    [Fact]
    public async Task Calls_of_one_moment_travel_together()
    {
        foreach (var call in Enumerable.Range(0, 90).Select(_ => NewCall()))
            Live(call);

        await Drain();

        Assert.Equal((90, 0), (Book.Calls.Count, _outbox.Waiting));
        Assert.InRange(Book.Writes, 1, 2);
    }

    [Fact]
    public async Task What_fails_is_tried_again_as_it_is_by_then()
    {
        var call = NewCall();
        var failures = 3;
        Book.Before = _ => Interlocked.Decrement(ref failures) >= 0 ? throw new TimeoutException("Not now.") : Task.CompletedTask;
        var entry = _outbox.Open(call);
        AdvanceUntil(() => Volatile.Read(ref failures) < 3);

        _outbox.End(entry, Record(call));
        AdvanceUntil(() => _outbox.Waiting == 0);
        await Drain();

        var report = Assert.Single(Book.Of(call.Id));
        // The first report may have been written although its answer was lost.
        Assert.True(report is { End: not null, MayHaveRow: true });
    }

    [Fact]
    public void Beyond_its_bound_no_new_call_may_begin_and_the_backlog_shows()
    {
        Book.IsDown = true;
        for (var i = 0; i < 99; i++)
            _outbox.Open(NewCall());
        var before = _outbox.HasRoom;

        _outbox.Open(NewCall());

        Assert.Equal((true, false, 100, 100), (before, _outbox.HasRoom, _outbox.Waiting, _outbox.Read().Capacity));
        AdvanceUntil(() => _outbox.Read() is { Age.TotalSeconds: >= 2, Journaled: 100 });
    }

    [Fact]
    public async Task What_storage_has_is_in_the_journal_no_more()
    {
        Book.IsDown = true;
        Live(NewCall());
        var open = _outbox.Open(NewCall());
        AdvanceUntil(() => _journal.Left.Count == 2);
        _outbox.End(open, Record(open.Call));
        AdvanceUntil(() => _journal.Left.Values.All(report => report.End is not null));

        Book.IsDown = false;
        AdvanceUntil(() => _outbox.Waiting == 0);
        await Drain();

        Assert.Empty(_journal.Left);
        Assert.Equal(new CallBacklogFigures(0, 100, 0, TimeSpan.Zero), _outbox.Read());
    }

    [Fact]
    public async Task While_storage_keeps_up_nothing_goes_to_the_journal()
    {
        _journal.IsBroken = true;

        Live(NewCall());
        await Drain();

        Assert.Equal(1, Book.Writes);
    }

    [Fact]
    public async Task A_full_disk_costs_the_journal_and_not_the_calls()
    {
        (_journal.IsBroken, Book.IsDown) = (true, true);
        var call = NewCall();
        Live(call);
        AdvanceUntil(() => _outbox.Read().Age > TimeSpan.FromSeconds(1));

        Book.IsDown = false;
        AdvanceUntil(() => _outbox.Waiting == 0);
        await Drain();

        Assert.NotNull(Assert.Single(Book.Of(call.Id)).End);
    }

    [Fact]
    public void Once_closed_no_new_call_may_begin()
    {
        _outbox.Close();

        Assert.False(_outbox.HasRoom);
    }

    [Fact]
    public async Task Draining_gives_up_at_its_deadline_and_leaves_the_rest_to_the_journal()
    {
        Book.IsDown = true;
        var call = NewCall();
        Live(call);

        var drained = _outbox.Drain(TimeSpan.FromSeconds(5));
        AdvanceUntil(() => drained.IsCompleted);

        await drained.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(1, _outbox.Waiting);
        Assert.NotNull(Assert.Single(_journal.Left).Value.End);
    }

    private Task Drain() => _outbox.Drain(Patience).WaitAsync(Patience, TestContext.Current.CancellationToken);

    private void Live(CallSummary call)
    {
        var entry = _outbox.Open(call);
        _outbox.Progress(entry, call with { State = CallState.Ringing });
        _outbox.Progress(entry, call with { State = CallState.Answered });
        _outbox.End(entry, Record(call with { State = CallState.Answered }));
    }

    private CallRecord Record(CallSummary call) =>
        new() { Call = call, Ended = _clock.GetUtcNow(), Status = 200, EndedBy = CallEnd.Caller };

    /// <summary>Other threads arm timers meanwhile, so time passes in small steps until they are through.</summary>
    private void AdvanceUntil(Func<bool> isDone) => Assert.True(SpinWait.SpinUntil(
        () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return isDone();
        },
        Patience));

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
