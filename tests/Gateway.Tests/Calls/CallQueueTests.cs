using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>What waits for the books, and what of it goes to the journal.</summary>
public sealed class CallQueueTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(300);
    private readonly FakeClock _clock = new();
    private readonly InMemoryJournal _journal = new();
    private readonly CallQueue _queue;

    public CallQueueTests() => _queue = new CallQueue(_journal, _clock);

    [Fact]
    public void What_waits_for_long_goes_to_the_journal_and_what_is_younger_does_not()
    {
        var old = Opened();
        _clock.Advance(Age);
        Opened();

        _queue.Journal(Age);

        Assert.Equal([old.Call.Id], _journal.Left.Keys);
        Assert.Equal((2, 1, Age), (_queue.Waiting, _queue.Read(9).Journaled, _queue.Read(9).Age));
    }

    [Fact]
    public void What_is_in_the_journal_goes_there_again_only_when_it_has_changed()
    {
        var entry = Opened();
        _queue.Journal(TimeSpan.Zero);
        _queue.Journal(TimeSpan.Zero);
        Assert.Equal(1, _journal.Appended);

        Finish(entry);
        _queue.Journal(TimeSpan.Zero);

        Assert.Equal((2, true, 1), (_journal.Appended, _journal.Left[entry.Call.Id].End is not null, _queue.Read(9).Journaled));
    }

    [Fact]
    public void The_journal_and_the_books_are_told_the_same_so_that_it_is_encoded_once()
    {
        var entry = Opened();
        _queue.Take(10);
        Finish(entry);
        _queue.Settle();

        _queue.Journal(TimeSpan.Zero);
        var told = Assert.Single(_queue.Take(10));

        Assert.Same(_journal.Left[entry.Call.Id], told);
        Assert.Same(told, Assert.Single(_queue.TakeAgain()));
        Assert.True(told.MayHaveRow);
    }

    [Fact]
    public void What_ends_while_its_beginning_is_written_waits_since_its_end()
    {
        var entry = Opened();
        _queue.Take(10);
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        Finish(entry);
        _clock.Advance(TimeSpan.FromMilliseconds(250));

        _queue.Settle();

        Assert.Equal((1, TimeSpan.FromMilliseconds(250)), (_queue.Waiting, _queue.Read(9).Age));
        Assert.NotNull(Assert.Single(_queue.Take(10)).End);
    }

    [Fact]
    public void A_call_that_ends_unwritten_after_its_beginning_was_journaled_stays_there_until_it_is_written()
    {
        var entry = Opened();
        _queue.Take(10);
        _queue.Journal(TimeSpan.Zero);
        Finish(entry);
        _queue.Settle();
        Assert.NotEmpty(_journal.Left);

        _queue.Take(10);
        _queue.Settle();

        Assert.Empty(_journal.Left);
        Assert.Equal((0, 0), (_queue.Waiting, _queue.Read(9).Journaled));
    }

    [Fact]
    public void A_call_in_progress_is_told_once_it_has_an_age_and_what_ended_before_it_goes_first()
    {
        var lasting = Opened();
        var brief = Opened();
        Finish(brief);

        Assert.Equal(brief.Call.Id, Assert.Single(_queue.Take(10, Age)).Call.Id);
        _queue.Settle();
        _clock.Advance(Age);

        Assert.Equal(lasting.Call.Id, Assert.Single(_queue.Take(10, Age), report => report.End is null).Call.Id);
        _queue.Settle();
        _queue.Progress(lasting, lasting.Call with { State = CallState.Answered });
        Assert.Equal(CallState.Answered, Assert.Single(_queue.Take(10, Age)).Call.State);
    }

    [Fact]
    public void What_ends_while_its_beginning_is_on_its_way_goes_to_the_journal_once_that_is_old()
    {
        var entry = Opened();
        _queue.Take(10);
        _clock.Advance(Age);
        _queue.Journal(Age);
        Finish(entry);
        _clock.Advance(Age);

        _queue.Journal(Age);

        Assert.NotNull(Assert.Single(_journal.Left).Value.End);
        Assert.Equal((2, 1), (_journal.Appended, _queue.Read(9).Journaled));
    }

    [Fact]
    public void What_is_written_in_time_never_goes_to_the_journal_and_what_came_after_it_does()
    {
        var first = Opened();
        _queue.Take(10);
        _queue.Settle();
        _clock.Advance(Age);
        Finish(first);
        var second = Opened();
        _queue.Journal(Age);
        Assert.Empty(_journal.Left);

        _clock.Advance(Age);
        _queue.Journal(Age);

        Assert.Equal(new[] { first.Call.Id, second.Call.Id }.ToHashSet(), _journal.Left.Keys.ToHashSet());
    }

    [Fact]
    public void What_the_disk_refused_is_tried_again()
    {
        Opened();
        _journal.IsBroken = true;
        Assert.Throws<IOException>(() => _queue.Journal(TimeSpan.Zero));

        _journal.IsBroken = false;
        _queue.Journal(TimeSpan.Zero);

        Assert.Single(_journal.Left);
    }

    private CallEntry Opened()
    {
        var entry = new CallEntry(
            new CallSummary
            {
                Id = Guid.CreateVersion7(),
                Tenant = new TenantId("t"),
                Node = "a",
                Incarnation = "1",
                Caller = new("101", "", CallPartyKind.Extension, "", ""),
                Callee = new("102", "", CallPartyKind.Extension, "", ""),
                Started = default,
            },
            _clock.GetTimestamp());
        _queue.Add(entry);
        return entry;
    }

    private void Finish(CallEntry entry) => _queue.Finish(
        entry, new CallRecord { Call = entry.Call, Ended = _clock.GetUtcNow(), Status = 200, EndedBy = CallEnd.Caller });
}
