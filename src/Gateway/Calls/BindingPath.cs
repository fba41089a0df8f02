using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A device's way, found by its binding or opened anew.</summary>
internal sealed class BindingPath(FlowFinder flows, Binding binding) : DevicePath
{
    private bool _isTaken;

    public override bool TryNext(out SipFlow? flow)
    {
        flow = null;
        if (_isTaken)
            return true;

        flow = flows.FindOpen(binding);
        _isTaken = flow is not null;
        return _isTaken;
    }

    public override ValueTask<SipFlow?> Next(CancellationToken cancel)
    {
        if (_isTaken)
            return default;

        _isTaken = true;
        return flows.Find(binding, cancel);
    }
}
