using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// How an extension all of whose devices are here can be called, as its grain said a moment ago: the next calls need not ask, nor look for
/// the ways anew. Whatever changes its bindings or its settings forgets it. Immutable.
/// </summary>
internal sealed class KnownReach
{
    private readonly CallTarget[] _targets;
    private readonly SipFlow[] _flows;
    private readonly string _domain;
    private readonly long _asked;

    private KnownReach(Extension extension, CallTarget[] targets, SipFlow[] flows, string domain, long asked)
    {
        Extension = extension;
        Devices = CallTargets.Describe(extension, targets.Length);
        _targets = targets;
        _flows = flows;
        _domain = domain;
        _asked = asked;
    }

    /// <summary>An answer is asked for again after this even without news, so that lost news heal: the lifetime of cached credentials.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(5);

    public Extension Extension { get; }

    /// <summary>The line of a call's decision log that says how many devices there are.</summary>
    public string Devices { get; }

    /// <summary>What is to be kept of a grain's answer; null when it may not be called, or a device is elsewhere, has
    /// several flows or none that is open.</summary>
    public static KnownReach? Of(Call call, ExtensionReachability reach, long asked)
    {
        if (!reach.Extension.Enabled)
            return null;

        var context = call.Gateway.Context;
        var flows = new SipFlow[reach.Bindings.Length];
        for (var i = 0; i < flows.Length; i++)
        {
            var binding = reach.Bindings[i];
            if (binding.RegId is not null || context.Flows.FindOpen(binding) is not { } flow || flow is RemoteFlow)
                return null;

            flows[i] = flow;
        }

        var targets = CallTargets.Of(call, reach);
        return targets.Count == flows.Length && flows.Length > 0
            ? new(reach.Extension, [.. targets.Select(target => target with { Known = new KnownDevice(target.Party.Number) })], flows, call.Domain, asked)
            : null;
    }

    /// <summary>Whether a call by that domain may rely on it: it is young, and every way is still open.</summary>
    public bool Serves(Call call)
    {
        if (call.Gateway.Context.Clock.GetElapsedTime(_asked) > Lifetime || call.Domain != _domain || call.IsSips)
            return false;

        foreach (var flow in _flows)
        {
            if (!flow.IsOpen)
                return false;
        }

        return true;
    }

    /// <summary>Where a call goes.</summary>
    public CallTarget[] Targets(Call call)
    {
        var from = CallTargets.From(call);
        var targets = new CallTarget[_targets.Length];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = _targets[i] with { FromUri = from, Path = new OpenPath(_flows[i]) };
        return targets;
    }
}
