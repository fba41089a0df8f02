using TekSipCloud.Gateway.Recordings;

namespace TekSipCloud.Gateway.Calls;

/// <content>Whether what is said is recorded.</content>
internal sealed partial class Call
{
    private CallRecording? _recording;

    /// <summary>Whether it is recorded once somebody answers there: its tenant records, and one of its extensions is to be recorded.</summary>
    public bool IsRecordedWith(CallTarget target) =>
        Tenant.Settings.RecordAudio && (target.IsRecorded || Admitted.Requester.Extension is { RecordCalls: true });

    /// <summary>Whether what is said is recorded.</summary>
    public bool IsBeingRecorded => _recording is not null;

    private void Record()
    {
        Log.Add("recording", Tenant.Settings.MixRecordings
            ? "What both say is recorded."
            : "What both say is recorded, the caller on the left channel, the callee on the right one.");
        _recording = Gateway.Context.Recordings.Begin(this);
    }
}
