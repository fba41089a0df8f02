using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>What a silo logs.</summary>
internal sealed partial class SiloLog(ILogger logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(9001, LogLevel.Warning, "Silo {Address} runs on the embedded single-process grain host: a stand-in for Microsoft Orleans that joins silos of this process only")]
    public partial void Embedded(SiloAddress address);

    [LoggerMessage(9002, LogLevel.Warning, "Grain {GrainId} failed to activate")]
    public partial void ActivationFailed(GrainId grainId, Exception error);

    [LoggerMessage(9003, LogLevel.Warning, "Grain {GrainId} failed to deactivate")]
    public partial void DeactivationFailed(GrainId grainId, Exception error);

    [LoggerMessage(9004, LogLevel.Error, "A timer of grain {GrainId} failed")]
    public partial void TimerFailed(GrainId grainId, Exception error);

    [LoggerMessage(9005, LogLevel.Warning, "One-way call of {Method} failed")]
    public partial void OneWayFailed(string method, Exception error);

    [LoggerMessage(9006, LogLevel.Error, "The interleaving predicate of grain {GrainId} failed")]
    public partial void PredicateFailed(GrainId grainId, Exception error);

    [LoggerMessage(9007, LogLevel.Error, "{Observer} failed to stop at stage {Stage}")]
    public partial void StopFailed(string observer, int stage, Exception error);

    [LoggerMessage(9009, LogLevel.Error, "A turn of grain {GrainId} failed outside the grain's own code")]
    public partial void TurnFailed(GrainId grainId, Exception error);

    [LoggerMessage(9008, LogLevel.Debug, "A call of observer {GrainId} is dropped: nobody is there")]
    public partial void ObserverGone(GrainId grainId);
}
