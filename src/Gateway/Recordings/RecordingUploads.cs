using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Recordings;

/// <summary>
/// Brings finished recordings from the spool to storage, and tries again until storage has them; first those that an earlier process left. The audio of each
/// travels by itself; the rows by which it is found are written with those of others.
/// </summary>
internal sealed partial class RecordingUploads : BackgroundService, IHostedLifecycleService
{
    private readonly Channel<Guid> _finished = Channel.CreateUnbounded<Guid>();
    private readonly RecordingSpool _spool;
    private readonly IRecordings _recordings;
    private readonly IGrainFactory _grains;
    private readonly RecordingOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<RecordingUploads> _logger;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    /// <summary>Notes what an earlier process left: before this one writes anything.</summary>
    public RecordingUploads(
        RecordingSpool spool, IRecordings recordings, IGrainFactory grains, IOptions<RecordingOptions> options, TimeProvider clock,
        ILogger<RecordingUploads> logger)
    {
        (_spool, _recordings, _grains, _options, _clock, _logger) = (spool, recordings, grains, options.Value, clock, logger);
        foreach (var call in spool.List())
            Add(call);
    }

    /// <summary>How many wait for storage.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Why none will be uploaded before a setting is changed; null when they are.</summary>
    public string? Obstacle => _recordings.Obstacle;

    /// <summary>A recording is finished.</summary>
    public void Add(Guid call)
    {
        Interlocked.Increment(ref _waiting);
        _finished.Writer.TryWrite(call);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Obstacle is { } obstacle)
        {
            LogImpossible(obstacle, _options.SpoolFolder);
            return;
        }

        // What an earlier process left waits for the grains, which answer once everything has started: a call before that is lost in its time-out.
        await _started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll([EnterAll(stoppingToken), .. Enumerable.Range(0, _options.Uploads).Select(_ => UploadAll(stoppingToken))]);
    }

    private async Task UploadAll(CancellationToken cancel)
    {
        try
        {
            await foreach (var call in _finished.Reader.ReadAllAsync(cancel))
            {
                if (await TryUpload(call, cancel))
                    continue;

                // To the end of the queue: one that can't be uploaded must not keep the others.
                await Task.Delay(_options.RetryPeriod, _clock, cancel);
                _finished.Writer.TryWrite(call);
            }
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // Also a request that failed before it was given up tells so by an exception of another kind. What is left is taken up at the next start.
        }
    }

    private async Task<bool> TryUpload(Guid call, CancellationToken cancel)
    {
        try
        {
            await Upload(call, cancel);
            return true;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogNotUploaded(call, fault.Message, _options.RetryPeriod);
            return false;
        }
    }

    private async Task Upload(Guid call, CancellationToken cancel)
    {
        if (_spool.Open(call) is not { } found)
        {
            Interlocked.Decrement(ref _waiting);
            return;
        }

        await using (found.Audio)
        {
            if (await HasOwner(found.Recording))
            {
                await _recordings.KeepAudio(found.Recording, found.Audio, cancel);
                _heard.Writer.TryWrite(found.Recording);
                return;
            }
        }

        Forget(call);
    }

    private void Forget(Guid call)
    {
        _spool.Remove(call);
        Interlocked.Decrement(ref _waiting);
    }

    /// <summary>Whether the tenant is still there: with a tenant go its recordings, also those that are on their way.</summary>
    private async Task<bool> HasOwner(Recording recording)
    {
        var tenant = await _grains.GetGrain<ITenantGrain>(recording.Tenant.Value).Get();
        if (tenant.IsSuccess)
            return tenant.Value.Value.Created <= recording.Started;

        return tenant.Problem.Kind == ProblemKind.NotFound
            ? false
            : throw new InvalidOperationException($"The tenant {recording.Tenant} can't be read: {tenant.Problem.Detail}");
    }

    [LoggerMessage(4105, LogLevel.Warning, "Calls that are recorded stay in {Folder}, which storage would take them from: {Obstacle}")]
    private partial void LogImpossible(string obstacle, string folder);

    [LoggerMessage(4104, LogLevel.Warning, "The recording of call {Call} is not in storage yet ({Reason}); trying again in {Period}")]
    private partial void LogNotUploaded(Guid call, string reason, TimeSpan period);
}
