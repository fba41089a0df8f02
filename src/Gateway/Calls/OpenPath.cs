using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A device's way that is known and open.</summary>
internal sealed class OpenPath(SipFlow flow) : DevicePath
{
    private SipFlow? _left = flow;

    public override bool TryNext(out SipFlow? flow)
    {
        (flow, _left) = (_left, null);
        return true;
    }

    public override ValueTask<SipFlow?> Next(CancellationToken cancel) => default;
}
