using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The one way to a registered device: its flow.</summary>
internal abstract class DevicePath : ICallPath
{
    public bool HasNext => false;

    /// <summary>RFC 5626 §5.3: a registered flow is the only way, whatever the length.</summary>
    public bool MayChangeTransport => false;

    public abstract bool TryNext(out SipFlow? flow);

    public abstract ValueTask<SipFlow?> Next(CancellationToken cancel);

    public void OnFailed(string reason, TimeSpan? retryAfter = null)
    {
        // The candidate's own line says it.
    }

    public void OnHeard()
    {
        // A device has no penalties.
    }
}
