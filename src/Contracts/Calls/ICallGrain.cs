using Orleans.Concurrency;

namespace TekSipCloud.Contracts.Calls;

/// <summary>Mirrors one call for everyone but its gateway. Key: <see cref="CallKey"/>. Every operation is idempotent.</summary>
[Alias("ICallGrain")]
public interface ICallGrain : IGrainWithStringKey
{
    /// <summary>Writes the open-call row. A call that ended already stays ended.</summary>
    Task Open(CallSummary call);

    /// <summary>Takes over a new state (ringing, answered); the row follows.</summary>
    Task Progress(CallSummary call);

    /// <summary>Writes the CDR and removes the open-call row.</summary>
    Task End(CallRecord record);

    /// <summary>The call in progress; NotFound when it is over or was never.</summary>
    [ReadOnly]
    Task<Result<CallSummary>> Get();

    /// <summary>Has the gateway hang up both legs. NotFound when it is over or was never.</summary>
    Task<Result> HangUp(string reason);
}
