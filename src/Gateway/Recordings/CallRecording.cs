using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Media.Recording;

namespace TekSipCloud.Gateway.Recordings;

/// <summary>One call's recording while it is written: the call's loop begins and ends it, the writer does the rest.</summary>
internal sealed class CallRecording
{
    private readonly Call _call;
    private readonly MediaLeg _caller;
    private readonly MediaLeg _callee;
    private readonly CallRecorder _recorder;
    private Recording _recording;
    private WavFile? _file;
    private long _end;

    public CallRecording(Call call, WavFormat format, Recording recording)
    {
        _call = call;
        _caller = call.Caller!.Media;
        _callee = call.Callee!.Media;
        _recording = recording;
        _recorder = new CallRecorder(format, call.Gateway.Context.Clock);
        _caller.Relay.Record(_recorder.Ring, 0);
        _callee.Relay.Record(_recorder.Ring, 1);
    }

    public Guid Call => _recording.Call;

    /// <summary>The call is over. On its loop.</summary>
    public void End() => Volatile.Write(ref _end, _call.Gateway.Context.Clock.GetTimestamp());

    /// <summary>Writes what has come since. On the writer's thread.</summary>
    /// <param name="spool">Where the files are.</param>
    /// <param name="shortage">Why nothing more may be written; null when it may.</param>
    /// <returns>Whether there will be more.</returns>
    public bool Write(RecordingSpool spool, string? shortage)
    {
        try
        {
            // In this order: a call that goes on has not ended before now, and what came before an end is in the ring.
            var now = _call.Gateway.Context.Clock.GetTimestamp();
            var end = Volatile.Read(ref _end);
            if (WhyNot(shortage) is { } reason)
                return CutShort(spool, reason);

            _file ??= spool.Create(_recording, _recorder.Format);
            if (end == 0)
            {
                _recorder.Write(_file, now);
                return true;
            }

            _recorder.WriteRest(_file, end);
            return Finish(spool);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return CutShort(spool, $"It could not be written: {fault.Message}");
        }
    }

    private string? WhyNot(string? shortage) => shortage ?? (_recorder.Ring.IsOverrun ? "The disk is too slow for it." : null);

    private bool CutShort(RecordingSpool spool, string reason)
    {
        _caller.Relay.StopRecording();
        _callee.Relay.StopRecording();
        _call.Gateway.Loop.Post(() => _call.Log.Add("recording", $"The recording ended. {reason}"));
        _call.Gateway.Context.Events.Write(_recording.Tenant, EventType.Error, $"The recording of a call from {_recording.Caller} to {_recording.Callee} ended before the call. {reason}");
        _recording = _recording with { CutShort = reason };
        try
        {
            if (_file is not null)
                spool.WriteNote(_recording);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A full disk takes no note either; the earlier one tells whose it is.
        }

        return Finish(spool);
    }

    private bool Finish(RecordingSpool spool)
    {
        try
        {
            _file?.Finish();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The spool makes it whole when it is uploaded.
        }

        _file?.Dispose();
        return false;
    }
}
