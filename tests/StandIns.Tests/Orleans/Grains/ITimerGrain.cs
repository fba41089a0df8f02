using Orleans.Concurrency;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Starts a timer whose ticks wait at that gate.</summary>
    Task Start(string gate, bool interleave);

    /// <summary>Starts a timer that ticks as often as it can.</summary>
    Task StartCounting();

    /// <summary>Starts a timer whose first tick throws.</summary>
    Task StartFailing();

    /// <summary>Starts a timer that is due only after it was changed.</summary>
    Task StartLate();

    Task Hurry();

    Task Stop();

    Task Hold(string gate);

    [AlwaysInterleave]
    Task<int> Ticks();

    Task End();
}
