using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Trunks;

/// <summary>
/// The servers of a destination in the order of RFC 3263, those that failed lately passed over. Each attempt is a line of the call's
/// decision log.
/// </summary>
internal sealed partial class DestinationPath(GatewayContext context, Destination destination, DecisionLog log) : ICallPath
{
    private const string Step = "target";
    private ImmutableArray<SipTarget> _targets;
    private SipTarget? _target;
    private int _next;

    public bool HasNext => _next < _targets.Length;

    /// <summary>RFC 3261 §18.1.1: by TCP to the same host and port.</summary>
    public bool MayChangeTransport => true;

    public bool TryNext(out SipFlow? flow)
    {
        flow = null;
        return !_targets.IsDefault && !HasNext;
    }

    public async ValueTask<SipFlow?> Next(CancellationToken cancel)
    {
        if (_targets.IsDefault)
            _targets = await Resolve(cancel);

        while (_next < _targets.Length)
        {
            _target = _targets[_next++];
            if (await context.Transports.OpenFlow(_target, cancel) is { } flow)
            {
                log.Add(Step, $"{Name(_target)} is asked.");
                return flow;
            }

            OnFailed("cannot be reached");
        }

        return null;
    }

    public void OnFailed(string reason, TimeSpan? retryAfter = null)
    {
        if (_target is null)
            return;

        var isNews = !context.Penalties.Holds(_target);
        var span = context.Penalties.Punish(_target, retryAfter);
        var penalty = span > TimeSpan.Zero ? $"; it is passed over for {span.TotalSeconds:0} s" : "";
        log.Add(Step, $"{Name(_target)} {reason}{penalty}.");
        // One line a failure, not one a call.
        if (isNews)
            LogFailed(context.Loggers.CreateLogger<DestinationPath>(), Name(_target), reason, destination.Name);
    }

    public void OnHeard()
    {
        if (_target is not null)
            context.Penalties.Clear(_target);
    }

    private async Task<ImmutableArray<SipTarget>> Resolve(CancellationToken cancel)
    {
        // Should the deadline come first, there are none: the way is asked for once.
        _targets = [];
        SipResolution found;
        try
        {
            found = await context.Resolver.Resolve(DestinationHops.Of(destination), cancel);
        }
        catch (OperationCanceledException)
        {
            found = SipResolution.Nothing($"No name server answers for {destination.Gateway} in time.");
        }

        if (found.Obstacle.Length > 0)
            log.Add(Step, found.Obstacle);
        ImmutableArray<SipTarget> targets = [.. found.Targets.Select(Trusted)];
        var chosen = context.Penalties.Choose(targets);
        foreach (var passedOver in targets.Except(chosen))
            log.Add(Step, $"{Name(passedOver)} is passed over: it failed lately.");
        return chosen;
    }

    /// <summary>RFC 5922 §7.3: by TLS the far end must be who the destination says, on the word of whom its settings name.</summary>
    private SipTarget Trusted(SipTarget target) => target.Protocol == SipTransportProtocol.Tls
        ? target with { ServerName = target.ServerName ?? destination.Gateway, Trust = ServerRefusals.TrustOf(destination) }
        : target;

    private string Name(SipTarget target)
    {
        var address = $"{target.Protocol.ToString().ToUpperInvariant()} {target.Remote}";
        return destination.Gateway == target.Remote.Address.ToString() ? address : $"{address} of {destination.Gateway}";
    }

    [LoggerMessage(4036, LogLevel.Warning, "Server {Server} {Reason}; it belongs to destination {Destination}")]
    private static partial void LogFailed(ILogger logger, string server, string reason, string destination);
}
