using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The one way to a device, which is known and open.</summary>
internal sealed class OpenPath(SipFlow flow) : ICallPath
{
    private SipFlow? _left = flow;

    public bool HasNext => false;

    /// <summary>RFC 5626 §5.3: a registered flow is the only way, whatever the length.</summary>
    public bool MayChangeTransport => false;

    public bool TryNext(out SipFlow? flow)
    {
        (flow, _left) = (_left, null);
        return true;
    }

    public ValueTask<SipFlow?> Next(CancellationToken cancel) => default;

    public void OnFailed(string reason, TimeSpan? retryAfter = null)
    {
        // The candidate's own line says it.
    }

    public void OnHeard()
    {
        // A device has no penalties.
    }
}
