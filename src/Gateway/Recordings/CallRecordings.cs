using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Media.Codecs;
using TekSipCloud.Media.Recording;

namespace TekSipCloud.Gateway.Recordings;

/// <summary>Writes the recordings of all calls, a few times each second, away from every thread that signals or relays.</summary>
internal sealed partial class CallRecordings(RecordingSpool spool, RecordingUploads uploads, TimeProvider clock, ILogger<CallRecordings> logger)
    : BackgroundService
{
    // A killed process loses what is younger than this and the recorder's 300 ms.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<CallRecording> _begun = new();
    private readonly List<CallRecording> _open = [];
    private readonly ConcurrentDictionary<TenantId, bool> _warned = new();

    /// <summary>Recordings that storage does not have yet.</summary>
    public int Waiting => uploads.Waiting;

    /// <summary>Begins to record an answered call. On its loop.</summary>
    public CallRecording Begin(Call call)
    {
        var isMixed = call.Tenant.Settings.MixRecordings;
        var law = call.Callee!.Media.SpeaksAlaw ? G711Law.Alaw : G711Law.Mulaw;
        var summary = call.Summary;
        var recording = new CallRecording(call, new WavFormat(law, isMixed ? 1 : 2), new Recording
        {
            Call = summary.Id,
            Tenant = summary.Tenant,
            Started = clock.GetUtcNow(),
            IsMixed = isMixed,
            Caller = summary.Caller.Number,
            CallerName = summary.Caller.Name,
            Callee = summary.Callee.Number,
            CalleeName = summary.Callee.Name,
        });
        _begun.Enqueue(recording);
        if (uploads.Obstacle is { } obstacle)
            Warn(call, obstacle);
        return recording;
    }

    /// <summary>In each call's decisions, and once in the tenant's event log.</summary>
    private void Warn(Call call, string obstacle)
    {
        call.Log.Add("recording", $"It stays on this server's disk. {obstacle}");
        if (_warned.TryAdd(call.Tenant.Id, true))
            call.Gateway.Context.Events.Write(call.Tenant.Id, EventType.Error, $"Recordings stay on a server's disk and can't be heard. {obstacle}");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                WriteAll();
        }
        catch (OperationCanceledException)
        {
            // The calls have ended by now; what the last one said is written, and uploaded at the next start.
            WriteAll();
        }
    }

    private void WriteAll()
    {
        while (_begun.TryDequeue(out var begun))
            _open.Add(begun);
        if (_open.Count == 0)
            return;

        var shortage = FindShortage();
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var recording = _open[i];
            if (Write(recording, shortage))
                continue;

            _open.RemoveAt(i);
            uploads.Add(recording.Call);
        }
    }

    private bool Write(CallRecording recording, string? shortage)
    {
        try
        {
            return recording.Write(spool, shortage);
        }
        catch (Exception fault)
        {
            // One call's recording must not end those of the others.
            LogFailed(recording.Call, fault);
            return false;
        }
    }

    private string? FindShortage()
    {
        try
        {
            return spool.Shortage;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"The folder of the recordings can't be used: {fault.Message}";
        }
    }

    [LoggerMessage(4103, LogLevel.Error, "The recording of call {Call} failed")]
    private partial void LogFailed(Guid call, Exception fault);
}
