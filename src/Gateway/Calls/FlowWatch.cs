using TekSipCloud.Contracts.Calls;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Ends an answered call when a party's connection is gone and stays gone: nothing more can be heard of it, and its ports would stay
/// taken for ever. Whoever comes back by another connection in time, with any request of the call or a REGISTER, keeps it.
/// </summary>
internal sealed class FlowWatch
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private readonly Call _call;
    private ILoopTimer _timer;
    private CallLeg? _lost;

    public FlowWatch(Call call)
    {
        _call = call;
        _timer = Schedule();
    }

    public void Stop() => _timer.Cancel();

    private ILoopTimer Schedule() => _call.Gateway.Loop.Schedule(Period, static watch => ((FlowWatch)watch!).Look(), this);

    private void Look()
    {
        // Who hung up while the other one is transferred needs no way any more.
        var lost = _call.Caller is { IsGone: false } caller && !caller.FindWay() ? caller
            : _call.Callee is { IsGone: false } callee && !callee.FindWay() ? callee : null;
        if (lost is not null && lost == _lost)
        {
            _call.End(CallEnd.System, 200, $"The {lost.Name}'s connection was lost.", lost);
            return;
        }

        _lost = lost;
        _timer = Schedule();
    }
}
