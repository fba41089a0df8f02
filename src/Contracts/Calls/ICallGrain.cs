using Orleans.Concurrency;

namespace TekSipCloud.Contracts.Calls;

/// <summary>One call for everyone but its gateway. Key: <see cref="CallKey"/>.</summary>
[Alias("ICallGrain")]
public interface ICallGrain : IGrainWithStringKey
{
    /// <summary>The call in progress; NotFound when it is over or was never.</summary>
    [ReadOnly]
    Task<Result<CallSummary>> Get();

    /// <summary>How it goes at this moment. NotFound when it is over or was never, or its gateway does not answer.</summary>
    Task<Result<CallProgress>> GetProgress();

    /// <summary>Has the gateway hang up both legs. NotFound when it is over or was never.</summary>
    Task<Result> HangUp(string reason);
}
