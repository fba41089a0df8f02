using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
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
        if (request.Method != SipMethod.Invite || FindSought(request, admitted) is not { } sought || IsHere(sought))
            return false;

        // Two that ask for one another's calls by the same Call-ID would mix them up.
        return Context.Receiver.Moved.TryAdd(request.CallId, default) && HandOver(flow, request.Detach(), admitted, sought);
    }

    /// <summary>The call that an INVITE is to take over; null for an ordinary one.</summary>
    private static SoughtCall? FindSought(SipMessage invite, AdmittedRequest admitted) =>
        ReplacesOf(invite, admitted) is { } wish ? wish.In(admitted.Tenant.Id)
        : PickUp.ExtensionOf(invite, admitted) is { } extension ? new SoughtCall(admitted.Tenant.Id, extension)
        : null;

    /// <summary>The dialog that an INVITE replaces. Only who authenticated as an extension may; to others the header is unknown.</summary>
    private static ReplacesWish? ReplacesOf(SipMessage invite, AdmittedRequest admitted) =>
        MayReplace(admitted) && ReplacesWish.TryRead(invite, out var wish) ? wish : null;

    private static bool MayReplace(AdmittedRequest admitted) => admitted is { IsOriginationOnly: false, Requester.Extension: not null };

    private bool IsHere(SoughtCall sought) => sought.Extension is { } extension
        ? Context.Calls.FindRinging(sought.Tenant, extension, this) is not null
        : Context.Calls.Find(sought)?.Gateway == this;

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

    /// <summary>Begins the call of an INVITE, or takes it into the call that it names.</summary>
    private void Begin(InviteServerTransaction invite, AdmittedRequest admitted)
    {
        // RFC 3891 §3
        if (MayReplace(admitted) && !ReplacesWish.TryRead(invite.Request, out _))
            Reply(invite, 400);
        else if (!MayReplace(admitted) && OptionTags.Has(invite.Request, SipHeaderName.Require, "replaces"u8))
            // RFC 3261 §8.2.2.3: to others it is not known.
            Reply(invite, 420, static writer => writer.Header(SipHeaderName.Unsupported, "replaces"u8));
        else if (ReplacesOf(invite.Request, admitted) is { } wish)
            LegReplacement.Begin(this, invite, admitted, wish);
        else if (PickUp.ExtensionOf(invite.Request, admitted) is { } rung)
            PickUp.Begin(this, invite, admitted, rung);
        else
            CallSetup.Begin(this, invite, admitted);
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
