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

        // A Call-ID moves as a whole: whoever borrows that of a call of this loop would take its messages along (RFC 3261 §12.1.1 has it be unique).
        if (_dialogs.HasCall(request.CallId))
            return false;

        // Two that ask for one another's calls by the same Call-ID would mix them up.
        if (!Context.Receiver.Moved.TryAdd(request.CallId, default))
            return false;

        HandOver(flow, request.Detach(), admitted, sought);
        return true;
    }

    /// <summary>The call that an INVITE is to take over; null for an ordinary one.</summary>
    private SoughtCall? FindSought(SipMessage invite, AdmittedRequest admitted) =>
        ReplacesOf(invite, admitted) is { } wish ? wish.In(admitted.Tenant.Id)
        : PickUp.ExtensionOf(Context, invite, admitted) is { } extension ? new SoughtCall(admitted.Tenant.Id, extension)
        : null;

    /// <summary>The dialog that an INVITE replaces. Only who authenticated as an extension may; to others the header is unknown.</summary>
    private static ReplacesWish? ReplacesOf(SipMessage invite, AdmittedRequest admitted) =>
        MayReplace(admitted) && ReplacesWish.TryRead(invite, out var wish) ? wish : null;

    private static bool MayReplace(AdmittedRequest admitted) => admitted is { IsOriginationOnly: false, Requester.Extension: not null };

    private bool IsHere(SoughtCall sought) => sought.Extension is { } extension
        ? Context.Calls.FindRinging(sought.Tenant, extension, this) is not null
        : Context.Calls.Find(sought)?.Gateway == this;

    private void HandOver(SipFlow flow, SipMessage invite, AdmittedRequest admitted, SoughtCall sought)
    {
        if (Context.Calls.Find(sought) is { } call)
        {
            HandOver(call.Gateway, flow, invite, admitted);
            return;
        }

        var source = flow.Remote.Address;
        if (!_pending.TryEnter(source))
        {
            TakeBack(flow, invite);
        }
        else if (!Loop.Run(() => AskOtherNodes(flow, invite, admitted, sought)))
        {
            _pending.Leave(source);
            TakeBack(flow, invite);
        }
    }

    private void HandOver(LoopGateway gateway, SipFlow flow, SipMessage invite, AdmittedRequest admitted)
    {
        Context.Receiver.Moved.Set(invite.CallId.ToArray(), new(gateway.Layer, null));
        if (!gateway.Loop.Post(() => gateway.TakeHandedOver(flow, invite, admitted)))
            TakeBack(flow, invite);
    }

    /// <summary>It could not be handed over: never silence.</summary>
    private void TakeBack(SipFlow flow, SipMessage invite)
    {
        Context.Receiver.Moved.Remove(invite.CallId.ToArray());
        Refuse(flow, invite, 503);
    }

    private void TakeHandedOver(SipFlow flow, SipMessage invite, AdmittedRequest admitted)
    {
        try
        {
            Judged(flow, invite, admitted);
        }
        finally
        {
            ForgetLater(invite.CallId.ToArray());
        }
    }

    /// <summary>Takes a request that has been admitted.</summary>
    public void Judged(SipFlow flow, SipMessage request, AdmittedRequest admitted)
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
        Take(invite, admitted);
        if (Context.Receiver.Moved.TryFind(invite.Request.CallId, out var place) && place.Layer == Layer)
            KeepMoved(invite);
    }

    /// <summary>What has to do with an INVITE that was handed over comes to this loop for as long as its call lasts: the one that it came into, or its own.</summary>
    private void KeepMoved(InviteServerTransaction invite)
    {
        var callId = invite.Request.CallId.ToArray();
        var call = invite.UserState switch
        {
            CallLeg leg => leg.Call,
            Call own => own,
            _ => null,
        };
        if (call is not null)
            KeepMoved(call, callId);
    }

    /// <summary>The messages with a Call-ID come to this loop until a call of it is over, and what may still be repeated of them has been.</summary>
    public void KeepMoved(Call call, byte[] callId) => call.OnEnd(() =>
    {
        ForgetLater(callId);
        return Task.CompletedTask;
    });

    /// <summary>Whether a message that waited here while its dialog moved to another loop has followed it there.</summary>
    private bool IsPassedOn(SipFlow flow, SipMessage message)
    {
        if (!Context.Receiver.Moved.TryFind(message.CallId, out var place) || place.Layer is not { } layer || layer == Layer)
            return false;

        layer.Post(flow, message.Detach());
        return true;
    }

    private void Take(InviteServerTransaction invite, AdmittedRequest admitted)
    {
        if (invite.Flow is TransferFlow)
            CallSetup.Begin(this, invite, admitted);
        // RFC 3891 §3
        else if (MayReplace(admitted) && !ReplacesWish.TryRead(invite.Request, out _))
            Reply(invite, 400);
        else if (!MayReplace(admitted) && OptionTags.Has(invite.Request, SipHeaderName.Require, "replaces"u8))
            // RFC 3261 §8.2.2.3: to others it is not known.
            Reply(invite, 420, static writer => writer.Header(SipHeaderName.Unsupported, "replaces"u8));
        else if (admitted.IsOriginationOnly && OptionTags.Has(invite.Request, SipHeaderName.Require, "100rel"u8))
            // PRACK is none of the methods that are taken there.
            Reply(invite, 420, static writer => writer.Header(SipHeaderName.Unsupported, "100rel"u8));
        else if (ReplacesOf(invite.Request, admitted) is { } wish)
            LegReplacement.Begin(this, invite, admitted, wish);
        else if (PickUp.ExtensionOf(Context, invite.Request, admitted) is { } rung)
            PickUp.Begin(this, invite, admitted, rung);
        else
            CallSetup.Begin(this, invite, admitted);
    }

    private async Task AskOtherNodes(SipFlow flow, SipMessage invite, AdmittedRequest admitted, SoughtCall sought)
    {
        try
        {
            if (await Context.Elsewhere.Find(sought) is { } owner)
            {
                await HandOver(owner, flow, invite);
                return;
            }
        }
        catch (Exception e)
        {
            OnReadFailed(e);
            TakeBack(flow, invite);
            return;
        }
        finally
        {
            _pending.Leave(flow.Remote.Address);
        }

        Context.Receiver.Moved.Remove(invite.CallId.ToArray());
        Judged(flow, invite, admitted);
    }

    private async Task HandOver(string owner, SipFlow flow, SipMessage invite)
    {
        var callId = invite.CallId.ToArray();
        Context.Receiver.Moved.Set(callId, new(null, owner));
        var taken = await Context.Grains.GetGrain<IGatewayGrain>(owner)
            .Receive(FlowAddresses.Of(flow, Context.Node), new SipBytes(ImmutableArray.Create(invite.Bytes.Span)))
            .WaitAsync(Context.Options.ReadDeadline, Context.Clock);
        if (!taken.IsSuccess)
            throw new InvalidOperationException($"Node {owner} has no gateway any more: {taken.Problem}");

        ForgetLater(callId);
    }

    private void ForgetLater(byte[] callId) => Loop.Schedule(Afterlife, state => Forget((byte[])state!), callId);

    private void Forget(byte[] callId)
    {
        // It was refused at first and taken when it came again: the end of its call forgets it.
        // And it may be another loop's by now, by a transfer.
        var isElsewhere = Context.Receiver.Moved.TryFind(callId, out var place) && place.Layer is { } layer && layer != Layer;
        if (!isElsewhere && !_dialogs.HasCall(callId))
            Context.Receiver.Moved.Remove(callId);
    }
}
