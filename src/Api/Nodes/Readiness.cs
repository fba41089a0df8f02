using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Api.Nodes;

/// <summary>Asks every readiness check, at most once a second however often it is asked itself.</summary>
internal sealed partial class Readiness(IEnumerable<IReadinessCheck> checks, TimeProvider clock, ILogger<Readiness> logger) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private readonly IReadinessCheck[] _checks = [.. checks];
    private readonly SemaphoreSlim _asking = new(1, 1);
    private ReadinessDto? _last;
    private long _lastAt;

    public async Task<ReadinessDto> Ask(CancellationToken cancel)
    {
        await _asking.WaitAsync(cancel);
        try
        {
            if (_last is null || clock.GetElapsedTime(_lastAt) >= Freshness)
            {
                _last = ReadinessDto.From(await Task.WhenAll(_checks.Select(check => Ask(check, cancel))));
                _lastAt = clock.GetTimestamp();
            }

            return _last;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<ReadinessCheckDto> Ask(IReadinessCheck check, CancellationToken cancel)
    {
        try
        {
            using var deadline = new CancellationTokenSource(Deadline, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
            if (await check.FindObstacle(either.Token).WaitAsync(either.Token) is not { } obstacle)
                return new(check.Name, true);

            LogObstacle(check.Name, obstacle);
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            LogFailure(exception, check.Name);
        }

        return new(check.Name, false);
    }

    [LoggerMessage(5010, LogLevel.Debug, "Not ready: {Check}: {Obstacle}")]
    private partial void LogObstacle(string check, string obstacle);

    [LoggerMessage(5011, LogLevel.Debug, "Not ready: {Check}")]
    private partial void LogFailure(Exception exception, string check);
}
