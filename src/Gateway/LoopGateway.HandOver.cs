using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway;

/// <content>
/// An INVITE that is to take over a call goes to that call's loop, or node, before it has a transaction: then both legs of the call are together, and
/// whatever its sender says later follows by its Call-ID.
/// </content>
internal sealed partial class LoopGateway
{
    /// <summary>RFC 3261 §17.2.1: until then the INVITE may be repeated, or its refusal acknowledged.</summary>
    private static readonly TimeSpan Afterlife = TimeSpan.FromSeconds(64);

    private AdmittedRequest? _handedOver;

    /// <summary>Whether the INVITE is handled elsewhere, or will be judged again when that is known.</summary>
    private bool IsForAnotherLoop(SipFlow flow, SipMessage request, AdmittedRequest admitted)
    {
        if (request.Method != SipMethod.Invite || PickUp.ExtensionOf(request, admitted) is not { } extension)
            return false;

        var sought = new SoughtCall(admitted.Tenant.Id, extension);
        if (Context.Calls.FindRinging(sought.Tenant, extension, this) is not null)
            return false;

        // Two that ask for one another's calls by the same Call-ID would mix them up.
        return Context.Receiver.Moved.TryAdd(request.CallId, default) && HandOver(flow, request.Detach(), admitted, sought);
    }

    private bool HandOver(SipFlow flow, SipMessage invite, AdmittedRequest admitted, SoughtCall sought)
    {
        if (Context.Calls.Find(sought) is { } call)
            return HandOver(call, flow, invite, admitted);

        if (Loop.Run(() => AskOtherNodes(flow, invite, admitted, sought)))
            return true;

        Context.Receiver.Moved.Remove(invite.CallId.ToArray());
        return false;
    }

    private bool HandOver(Call call, SipFlow flow, SipMessage invite, AdmittedRequest admitted)
    {
        var (moved, callId, gateway) = (Context.Receiver.Moved, invite.CallId.ToArray(), call.Gateway);
        moved.Set(callId, new(gateway.Layer, null));
        if (!gateway.Loop.Post(() => gateway.TakeHandedOver(call, flow, invite, admitted)))
            moved.Remove(callId);
        return true;
    }

    private void TakeHandedOver(Call call, SipFlow flow, SipMessage invite, AdmittedRequest admitted)
    {
        var callId = invite.CallId.ToArray();
        call.OnEnd(() =>
        {
            ForgetLater(callId);
            return Task.CompletedTask;
        });
        Judged(flow, invite, admitted);
    }

    /// <summary>Takes a request that has been admitted.</summary>
    private void Judged(SipFlow flow, SipMessage request, AdmittedRequest admitted)
    {
        _handedOver = admitted;
        try
        {
            Layer.ReceiveAgain(flow, request);
        }
        finally
        {
            _handedOver = null;
        }
    }

    private async Task AskOtherNodes(SipFlow flow, SipMessage invite, AdmittedRequest admitted, SoughtCall sought)
    {
        var callId = invite.CallId.ToArray();
        string? owner = null;
        try
        {
            owner = await Context.Elsewhere.Find(sought);
        }
        finally
        {
            if (owner is null)
                Context.Receiver.Moved.Remove(callId);
        }

        if (owner is null)
        {
            Judged(flow, invite, admitted);
            return;
        }

        Context.Receiver.Moved.Set(callId, new(null, owner));
        ForgetLater(callId);
        await Context.Grains.GetGrain<IGatewayGrain>(owner)
            .Receive(FlowAddresses.Of(flow, Context.Node), new SipBytes(ImmutableArray.Create(invite.Bytes.Span)));
    }

    private void ForgetLater(byte[] callId) => Loop.Schedule(Afterlife, state => Context.Receiver.Moved.Remove((byte[])state!), callId);
}
