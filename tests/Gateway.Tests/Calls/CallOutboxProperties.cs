using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Whatever fails when: each call's reports reach storage in order, its CDR once, and no crash loses what was journaled.</summary>
public sealed class CallOutboxProperties
{
    private const int Calls = 6;

    private enum Step
    {
        Open,
        Progress,
        End,
        Take,
        Settle,
        LoseTheAnswer,
        Fail,
        Journal,
    }

    [Fact]
    public void Each_call_reaches_the_books_in_order_and_its_record_once()
    {
        var step = Gen.Elements(Enum.GetValues<Step>()).SelectMany(s => Gen.Choose(0, Calls - 1).Select(call => (s, call)));
        var steps = Gen.Choose(0, 60).SelectMany(count => step.ArrayOf(count));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(steps.ToArbitrary(), Holds));
    }

    private static bool Holds((Step Step, int Call)[] steps)
    {
        var run = new Run();
        foreach (var (step, call) in steps)
            run.Do(step, call);
        run.Finish();
        return run.IsOrdered && run.IsComplete && run.LostNothing;
    }

    private sealed class Run
    {
        private readonly FakeClock _clock = new();
        private readonly InMemoryJournal _journal = new();
        private readonly CallQueue _queue;
        private readonly CallEntry?[] _calls = new CallEntry?[Calls];
        private readonly Dictionary<Guid, List<CallReport>> _books = [];
        private readonly HashSet<Guid> _settled = [];
        private IReadOnlyList<CallReport> _sent = [];

        public Run() => _queue = new CallQueue(_journal, _clock);

        /// <summary>Nothing of a call is told after its end except the end again, and no state goes back.</summary>
        public bool IsOrdered => _books.Values.All(told => told.Zip(told.Skip(1)).All(
            pair => pair.First.Call.State <= pair.Second.Call.State && (pair.First.End is null || pair.Second.End == pair.First.End)));

        public bool IsComplete => _queue.Waiting == 0 && _journal.Left.Count == 0
            && _calls.All(call => call is null || _books[call.Call.Id][^1].End == call.End);

        /// <summary>At no time was an old end neither in the books nor in the journal, and none was told again once it was settled.</summary>
        public bool LostNothing { get; private set; } = true;

        public void Do(Step step, int call)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            switch (step)
            {
                case Step.Open when _calls[call] is null:
                    _queue.Add(_calls[call] = new CallEntry(NewCall(), _clock.GetTimestamp()));
                    break;
                case Step.Progress when _calls[call] is { End: null } entry && entry.Call.State < CallState.Answered:
                    _queue.Progress(entry, entry.Call with { State = entry.Call.State + 1 });
                    break;
                case Step.End when _calls[call] is { End: null } entry:
                    _queue.Finish(entry, new CallRecord { Call = entry.Call, Ended = default, Status = 200, EndedBy = CallEnd.Caller });
                    break;
                case Step.Take:
                    Take();
                    break;
                case Step.Settle when _sent.Count > 0:
                    Settle();
                    break;
                case Step.LoseTheAnswer when _sent.Count > 0:
                    Book();
                    _sent = _queue.TakeAgain();
                    break;
                case Step.Fail when _sent.Count > 0:
                    _sent = _queue.TakeAgain();
                    break;
                case Step.Journal:
                    Journal();
                    break;
            }
        }

        public void Finish()
        {
            for (var call = 0; call < Calls; call++)
                Do(Step.End, call);
            while (_queue.Waiting > 0)
            {
                Take();
                Settle();
            }
        }

        private void Take()
        {
            if (_sent.Count == 0)
                _sent = _queue.Take(Calls / 2);
        }

        private void Settle()
        {
            Book();
            foreach (var report in _sent.Where(report => report.End is not null))
                LostNothing &= _settled.Add(report.Call.Id);
            _queue.Settle();
            _sent = [];
        }

        private void Book()
        {
            foreach (var report in _sent)
            {
                if (!_books.TryGetValue(report.Call.Id, out var told))
                    _books[report.Call.Id] = told = [];
                told.Add(report);
            }
        }

        private void Journal()
        {
            _queue.Journal(TimeSpan.Zero);
            foreach (var ended in _calls.Where(entry => entry?.End is not null))
            {
                var isBooked = _books.TryGetValue(ended!.Call.Id, out var told) && told[^1].End is not null;
                LostNothing &= isBooked || (_journal.Left.TryGetValue(ended.Call.Id, out var left) && left.End is not null);
            }
        }

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
}
