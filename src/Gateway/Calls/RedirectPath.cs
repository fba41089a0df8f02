using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The way that a phone named in its 3xx; opened when it is needed.</summary>
internal sealed class RedirectPath(ISipFlows flows, SipTarget target) : DevicePath
{
    private bool _isTaken;

    public override bool TryNext(out SipFlow? flow)
    {
        flow = null;
        return _isTaken;
    }

    public override ValueTask<SipFlow?> Next(CancellationToken cancel)
    {
        _isTaken = true;
        return flows.OpenFlow(target, cancel);
    }
}
