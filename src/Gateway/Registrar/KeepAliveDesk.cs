using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// Keeps the ways to one loop's share of the phones behind NATs open, by what their tenants and extensions want. One timer for all; a ping
/// allocates nothing.
/// </summary>
internal sealed partial class KeepAliveDesk
{
    private static readonly TimeSpan TickLength = TimeSpan.FromMilliseconds(100);

    private readonly LoopGateway _gateway;
    private readonly KeepAliveOptions _options;
    private readonly KeepAliveWheel _wheel = new();
    private readonly Dictionary<ExtensionKey, KeepAliveTarget> _targets = [];
    private readonly Func<KeepAliveTarget, long> _ping;
    private readonly ILogger<KeepAliveDesk> _logger;
    private ILoopTimer? _timer;

    public KeepAliveDesk(LoopGateway gateway)
    {
        _gateway = gateway;
        _options = new KeepAliveOptions(gateway);
        _ping = Ping;
        _logger = gateway.Context.Loggers.CreateLogger<KeepAliveDesk>();
    }

    /// <summary>Devices whose ways are kept open.</summary>
    public int Count => _wheel.Count;

    /// <summary>Takes over what is registered for an extension now. On the loop.</summary>
    public void Update(ExtensionKey key, ImmutableArray<Binding> bindings)
    {
        _targets.Remove(key, out var known);
        KeepAliveTarget? first = null;
        foreach (var binding in bindings)
        {
            if (Find(key, known, binding) is not { } target)
                continue;

            target.Next = first;
            first = target;
        }

        for (var gone = known; gone is not null; gone = gone.Next)
            gone.IsOver |= !IsAmong(gone, first);

        if (first is null)
            return;

        _targets[key] = first;
        _timer ??= _gateway.Loop.Schedule(TickLength, static desk => ((KeepAliveDesk)desk!).Turn(), this);
    }

    /// <summary>Takes a response that no transaction waits for.</summary>
    public void OnResponse(SipFlow flow, SipMessage response)
    {
        var isAnswer = _options.TryRead(response, out var number, out var nonce)
            && _wheel.TryFind(number, out var target)
            && target.Awaited == nonce
            && target.Flow.Remote.Address.Equals(flow.Remote.Address);
        if (isAnswer && _wheel.TryFind(number, out var answered))
            OnAnswer(answered);
    }

    private void OnAnswer(KeepAliveTarget target)
    {
        target.Awaited = 0;
        target.Misses = 0;
        if (target.IsUnreachable)
            Note(target, isUnreachable: false);
    }

    private void Turn()
    {
        _wheel.Turn(_ping);
        _timer = _wheel.Count > 0 ? _gateway.Loop.Schedule(TickLength, static desk => ((KeepAliveDesk)desk!).Turn(), this) : null;
    }

    /// <summary>Sends what is due, and tells after how many ticks again; 0 when the device is gone.</summary>
    private long Ping(KeepAliveTarget target)
    {
        var context = _gateway.Context;
        if (!target.Flow.IsOpen || !context.Registrations.IsLive(target.Key) || context.Tenants.Find(target.Key.Tenant) is not { } tenant)
        {
            Forget(target);
            return 0;
        }

        switch (context.KeepAlives.Of(target.Key, tenant.Settings))
        {
            case KeepAlive.Crlf:
                target.Flow.Send("\r\n\r\n"u8);
                break;
            case KeepAlive.Options:
                Ask(target, tenant.Settings);
                break;
        }

        return Jittered(tenant.Settings.KeepAlivePeriod);
    }

    private void Ask(KeepAliveTarget target, TenantSettings settings)
    {
        if (target.Awaited != 0)
            target.Misses++;
        if (settings.KeepAliveMisses > 0 && target.Misses >= settings.KeepAliveMisses && !target.IsUnreachable)
            Note(target, isUnreachable: true);

        target.Awaited = (uint)Random.Shared.Next(1, int.MaxValue);
        _options.Write(target, target.Awaited);
        target.Flow.Send(_gateway.Writer.Written);
    }

    private void Note(KeepAliveTarget target, bool isUnreachable)
    {
        target.IsUnreachable = isUnreachable;
        if (!_gateway.Loop.Run(() => Tell(target, isUnreachable)))
            target.IsUnreachable = !isUnreachable;
    }

    private async Task Tell(KeepAliveTarget target, bool isUnreachable)
    {
        var context = _gateway.Context;
        try
        {
            // The next REGISTER is for the grain: it makes the device reachable.
            context.Refreshes.Forget(target.Key);
            var grain = context.Grains.GetGrain<IExtensionGrain>(target.Key.ToString());
            await grain.NoteReachability(target.Binding.Contact, isUnreachable).WaitAsync(context.Options.WriteDeadline, context.Clock);
        }
        catch (Exception e)
        {
            // It is noted with the next ping.
            target.IsUnreachable = !isUnreachable;
            LogNotNoted(target.Key.Username, e);
            return;
        }

        var text = isUnreachable ? "does not answer any more" : "answers again";
        context.Events.Write(
            target.Key.Tenant,
            isUnreachable ? EventType.Warning : EventType.Information,
            $"The device of '{target.Key.Username}' at {target.Flow.Remote} {text}.");
    }

    /// <summary>The device as it is known already, or a new one; null when nothing need be sent to it.</summary>
    private KeepAliveTarget? Find(ExtensionKey key, KeepAliveTarget? known, Binding binding)
    {
        var context = _gateway.Context;
        if (binding.Flow.Id.Node != context.Node.Name || !KeepAliveRules.IsBehindNat(binding) || context.Flows.FindLocal(binding.Flow) is not { } flow)
            return null;

        for (var target = known; target is not null; target = target.Next)
        {
            if (!target.IsOver && target.Binding.Contact == binding.Contact && target.Flow.Equals(flow))
                return Again(target, binding);
        }

        var added = new KeepAliveTarget(key, binding, flow);
        var period = context.Tenants.Find(key.Tenant)?.Settings.KeepAlivePeriod ?? TickLength;
        // Phones that register together are not pinged together.
        _wheel.Add(added, Random.Shared.NextInt64(1, Math.Max(2, period.Ticks / TickLength.Ticks)));
        return added;
    }

    private static KeepAliveTarget Again(KeepAliveTarget known, Binding binding)
    {
        known.IsUnreachable = binding.IsUnreachable;
        known.Misses = 0;
        return known;
    }

    private void Forget(KeepAliveTarget target)
    {
        target.IsOver = true;
        if (!_targets.TryGetValue(target.Key, out var first))
            return;

        for (var other = first; other is not null; other = other.Next)
        {
            if (!other.IsOver)
                return;
        }

        _targets.Remove(target.Key);
    }

    private static bool IsAmong(KeepAliveTarget target, KeepAliveTarget? first)
    {
        for (var other = first; other is not null; other = other.Next)
        {
            if (ReferenceEquals(other, target))
                return true;
        }

        return false;
    }

    private static long Jittered(TimeSpan period)
    {
        var ticks = period.Ticks / TickLength.Ticks;
        return ticks + Random.Shared.NextInt64(-ticks / 10, (ticks / 10) + 1);
    }

    [LoggerMessage(4026, LogLevel.Warning, "Whether a device of {Username} is reachable could not be noted yet")]
    private partial void LogNotNoted(string username, Exception exception);
}
