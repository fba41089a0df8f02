using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway;

/// <summary>
/// Takes what the transports receive: hands each message to the loop of its Call-ID, or to the node whose token it bears. Before
/// <see cref="Open"/> everything is dropped.
/// </summary>
internal sealed partial class GatewayReceiver(
    NodeIdentity node, NodeToken token, NodeRegistrations registrations, IGrainFactory grains, SourceGate sources, FilteredSources filters,
    ILogger<GatewayReceiver> logger) : ISipReceiver
{
    [ThreadStatic]
    private static StatelessResponder? _responder;

    private TransactionLayer[] _layers = [];

    private LoopGateway? _only;

    /// <summary>Calls whose messages do not go where their Call-IDs say.</summary>
    public MovedCallIds Moved { get; } = new();

    /// <summary>Starts to take messages.</summary>
    public void Open(IEnumerable<LoopGateway> gateways)
    {
        LoopGateway[] all = [.. gateways];
        _only = all is [var only] ? only : null;
        _layers = [.. all.Select(g => g.Layer)];
    }

    /// <summary>A new Call-ID whose messages come to a given layer: the call's legs then share its loop, and need no locks.</summary>
    public byte[] NewCallId(TransactionLayer layer)
    {
        byte[] callId;
        do
            callId = layer.Ids.NewCallId();
        while (Select(callId) != layer);

        return callId;
    }

    /// <summary>Whether messages with this Call-ID come to that layer.</summary>
    public bool Takes(TransactionLayer layer, ReadOnlySpan<byte> callId) => Select(callId) == layer;

    public void OnMessage(SipFlow flow, SipMessage message)
    {
        if (IsForeign(message, out var owner) || Moved.TryFindNode(message.CallId, out owner))
            _ = Forward(owner, flow, new SipBytes(ImmutableArray.Create(message.Bytes.Span)));
        else
            Deliver(flow, message);
    }

    /// <summary>Under overload what is new is refused as cheaply as can be. Of several loops the right one is known by the Call-ID: then it is read.</summary>
    public bool TryRefuse(SipFlow flow, ReadOnlySpan<byte> datagram) =>
        _only is { Loop.IsCurrent: true } && _only.Context.Overload.Refuses(flow.Backlog)
        && UnreadRequest.TryFind(datagram, out var request) && !token.TryFindForeign(request.RequestUser, out _)
        && (filters.Drops(flow, request) || _only.TryRefuse(flow, request));

    /// <summary>
    /// Gives a message of this node to its loop: at once on that loop's thread, else by its queue; when that is overfull the message is lost, as on
    /// any network.
    /// </summary>
    public void Deliver(SipFlow flow, SipMessage message)
    {
        var layer = Select(message.CallId);
        if (Moved.TryFind(message.CallId, out var moved))
            layer = moved.Layer;
        if (layer is { Loop.IsCurrent: true })
            layer.Receive(flow, message);
        else
            layer?.Post(flow, message);
    }

    public void OnMalformed(SipFlow flow, SipMessage partial, SipParseError error)
    {
        var status = error.Status();
        if (status == 0 || _layers.Length == 0 || filters.Drops(flow, partial))
            return;

        LogMalformed(flow, error);
        (_responder ??= new StatelessResponder(sources)).Respond(flow, partial, status);
    }

    public void OnUnreachable(SipFlow flow)
    {
        foreach (var layer in _layers)
        {
            if (layer.Loop.IsCurrent)
                layer.OnUnreachable(flow);
            else
                layer.PostUnreachable(flow);
        }
    }

    public Task WhenHandled() => Task.WhenAll(_layers.Select(WhenHandled));

    public void OnClosed(SipFlow flow)
    {
        foreach (var layer in _layers)
            layer.PostClosed(flow);

        // Connection-bound bindings die with their connection.
        var id = new FlowId(node.Name, node.Incarnation, flow.Id);
        foreach (var key in registrations.TakeByConnection(flow.Id))
            _ = Disconnect(key, id);
    }

    private static Task WhenHandled(TransactionLayer layer)
    {
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // A loop that is too full for this has lost what came before it as well.
        if (!layer.Loop.Post(static (handled, _) => ((TaskCompletionSource)handled!).SetResult(), handled))
            handled.SetResult();
        return handled.Task;
    }

    /// <summary>The layer, and by it the loop, of a Call-ID; null before the gateway is open.</summary>
    private TransactionLayer? Select(ReadOnlySpan<byte> callId) => _layers switch
    {
        [] => null,
        [var only] => only,
        var layers => layers[(uint)SipMessage.HashCallId(callId) % (uint)layers.Length],
    };

    private bool IsForeign(SipMessage message, out string owner)
    {
        ReadOnlySpan<byte> text = [];
        if (message.IsRequest)
        {
            text = message.RequestUser;
        }
        else if (ViaHeader.IsMagic(message.TopBranch))
        {
            text = message.TopBranch[7..];
        }

        var isForeign = token.TryFindForeign(text, out var found);
        owner = found ?? "";
        return isForeign;
    }

    private async Task Forward(string owner, SipFlow flow, SipBytes bytes)
    {
        try
        {
            await grains.GetGrain<IGatewayGrain>(owner).Receive(FlowAddresses.Of(flow, node), bytes);
        }
        catch (Exception e)
        {
            // The sender repeats what matters; to it the owner's death is a lost packet.
            LogNotForwarded(owner, e);
        }
    }

    private async Task Disconnect(ExtensionKey key, FlowId flow)
    {
        try
        {
            var grain = grains.GetGrain<IExtensionGrain>(key.ToString());
            await grain.Disconnect(flow);
            registrations.Update(key, node.Name, (await grain.GetBindings()).Bindings);
        }
        catch (Exception e)
        {
            LogNotDisconnected(key.Username, e);
        }
    }

    [LoggerMessage(4003, LogLevel.Debug, "A malformed message from {Flow}: {Error}")]
    private partial void LogMalformed(SipFlow flow, SipParseError error);

    [LoggerMessage(4004, LogLevel.Debug, "A message for node {Node} could not be handed over")]
    private partial void LogNotForwarded(string node, Exception exception);

    [LoggerMessage(4005, LogLevel.Warning, "The bindings of {Username} on a closed connection could not be removed yet")]
    private partial void LogNotDisconnected(string username, Exception exception);
}
