using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The one way to a registered device: its flow.</summary>
internal sealed class BindingPath(FlowFinder flows, Binding binding) : ICallPath
{
    private bool _isTaken;

    public bool HasNext => false;

    /// <summary>RFC 5626 §5.3: a registered flow is the only way, whatever the length.</summary>
    public bool MayChangeTransport => false;

    public bool TryNext(out SipFlow? flow)
    {
        flow = null;
        if (_isTaken)
            return true;

        flow = flows.FindOpen(binding);
        _isTaken = flow is not null;
        return _isTaken;
    }

    public ValueTask<SipFlow?> Next(CancellationToken cancel)
    {
        if (_isTaken)
            return default;

        _isTaken = true;
        return flows.Find(binding, cancel);
    }

    public void OnFailed(string reason, TimeSpan? retryAfter = null)
    {
        // The candidate's own line says it.
    }

    public void OnHeard()
    {
        // A device has no penalties.
    }
}
