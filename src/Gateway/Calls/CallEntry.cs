using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A call as its books are to know it: the outbox's view, guarded by the outbox.</summary>
internal sealed class CallEntry(CallSummary call, long opened)
{
    public CallSummary Call { get; private set; } = call;

    public CallRecord? End { get; private set; }

    /// <summary>Counts what happened, so that what happens while a report is on its way is noticed.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>The version that the report on its way tells.</summary>
    public int SentVersion { get; private set; }

    /// <summary>The version that the journal holds; 0 for none.</summary>
    public int JournaledVersion { get; set; }

    /// <summary>The journal's segment with it; 0 for none.</summary>
    public long Segment { get; set; }

    /// <summary>When something happened last, as a timestamp of the clock.</summary>
    public long Changed { get; private set; } = opened;

    /// <summary>Whether something waits to be written.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Since when, as a timestamp of the clock.</summary>
    public long WaitingSince { get; set; }

    /// <summary>Whether something waits that the journal does not hold.</summary>
    public bool IsUnsaved { get; set; }

    /// <summary>Since when, as a timestamp of the clock.</summary>
    public long UnsavedSince { get; set; }

    /// <summary>Whether it is in progress and nothing of it was told yet.</summary>
    public bool IsNew => End is null && SentVersion == 0;

    private bool MayHaveRow { get; set; }

    /// <summary>What is to be told while nothing changes, so that it is encoded once for the journal and the books.</summary>
    private CallReport? Current { get; set; }

    public void Progress(CallSummary call, long now)
    {
        Call = call;
        Changed = now;
        Version++;
        Current = null;
    }

    public void Finish(CallRecord record, long now)
    {
        Call = record.Call;
        End = record;
        Changed = now;
        Version++;
        Current = null;
    }

    /// <summary>What is to be written now.</summary>
    public CallReport Report() => Current ??= new(Call, End, MayHaveRow);

    /// <summary>The same, which is on its way from now on.</summary>
    public CallReport Send()
    {
        var report = Report();
        SentVersion = Version;
        if (End is null && !MayHaveRow)
            (MayHaveRow, Current) = (true, null);
        return report;
    }
}
