using System.Text;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Trunks;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Messages;

/// <summary>A request on its way to one device, by the latest of its flows, and by the next one when that fails (RFC 5626 §4.2.1).</summary>
/// <param name="request">The sender's.</param>
/// <param name="fork">Hears the outcome, exactly once.</param>
/// <param name="ways">The device's bindings that were not tried yet; at least one.</param>
/// <param name="breadth">How many branches it may have at a time further on (RFC 5393 §5.3.3).</param>
internal sealed class StandaloneBranch(StandaloneRequest request, StandaloneFork fork, Queue<Binding> ways, uint breadth) : IClientTransactionUser
{
    private readonly byte[] _callId = request.Gateway.Context.Receiver.NewCallId(request.Gateway.Layer);
    private readonly byte[] _tag = request.Gateway.Ids.NewTag();

    private LoopGateway Gateway => request.Gateway;

    private GatewayContext Context => request.Gateway.Context;

    /// <summary>Finds the next way and sends it.</summary>
    public void Begin()
    {
        if (!Gateway.Loop.Run(SendByNext))
            fork.OnFailed(503);
    }

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 300)
            fork.OnAccepted(response);
        else
            OnRefused(response);
    }

    public void OnTimeout(ClientTransaction transaction) => OnLost(408);

    public void OnTransportError(ClientTransaction transaction) => OnLost(503);

    private void OnRefused(SipMessage response)
    {
        switch (response.StatusCode)
        {
            case 408 or 430 or 503:
                OnLost(response.StatusCode);
                break;
            // A challenge of the device's is none of the sender's business (threats: digest leak).
            case 401 or 407:
                fork.OnFailed(500);
                break;
            // What it demands is ours to meet.
            case 420 or 421:
                fork.OnFailed(502);
                break;
            // A place elsewhere is not gone to, and told nobody.
            case < 400:
                fork.OnFailed(480);
                break;
            default:
                fork.OnFailed(response.StatusCode, response);
                break;
        }
    }

    /// <summary>RFC 5626 §7: the flow did not bring it to the device.</summary>
    private void OnLost(int status)
    {
        if (ways.Count > 0 && !fork.IsSettled)
            Begin();
        else
            fork.OnFailed(status == 503 ? 503 : 408);
    }

    private async Task SendByNext()
    {
        try
        {
            var binding = ways.Dequeue();
            if (await FindFlow(binding) is { } flow)
                Send(binding, flow);
            else
                OnLost(408);
        }
        catch
        {
            // What it was is logged at the loop's edge.
            fork.OnFailed(500);
            throw;
        }
    }

    private async ValueTask<SipFlow?> FindFlow(Binding binding)
    {
        if (Context.Flows.FindOpen(binding) is { } open)
            return open;

        using var deadline = new CancellationTokenSource(Context.Options.WriteDeadline, Context.Clock);
        try
        {
            return await Context.Flows.Find(binding, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Send(Binding binding, SipFlow flow)
    {
        Write(binding, flow);
        // RFC 3428 §8 obliges the sender to keep to this length where it may go by UDP; a phone has no other way than its flow.
        if (request.Received.Method == SipMethod.Message && !flow.IsReliable && Gateway.Writer.Written.Length > LargeRequests.MaxDatagram)
        {
            fork.OnFailed(513);
            return;
        }

        Context.Counters.Add(request.Tenant.Id, Counter.RequestsForwarded);
        Gateway.Layer.SendRequest(flow, Gateway.Writer, this);
    }

    private void Write(Binding binding, SipFlow flow)
    {
        var (writer, received) = (Gateway.Writer, request.Received);
        writer.RequestLine(received.Method, Encoding.UTF8.GetBytes(CallTargets.WithoutHeaders(binding.Contact)));
        writer.Via(flow.Protocol.ViaToken(), flow.SentBy, Gateway.Ids.NewBranch(), hasAlias: flow.OffersAlias);
        // RFC 3261 §16.6 step 3, which a back-to-back user agent owes as well.
        writer.Header(SipHeaderName.MaxForwards, (uint)((received.MaxForwards ?? 70) - 1));
        writer.Header(SipHeaderName.MaxBreadth, breadth);
        foreach (var route in binding.Path)
            writer.Header(SipHeaderName.Route, Encoding.UTF8.GetBytes(route));

        WriteFrom(writer);
        writer.Address(SipHeaderName.To, [], CallTargets.Uri(request.Number, request.Domain));
        writer.Header(SipHeaderName.CallId, _callId);
        writer.CSeq(1, received.MethodToken);
        writer.Header(SipHeaderName.UserAgent, LoopGateway.Product);
        // RFC 3261 §11.1; what a MESSAGE's answer may not have (RFC 3428 §7).
        if (received.Method == SipMethod.Options)
            writer.Header(SipHeaderName.Accept, "application/sdp"u8);
        DialogHeaders.CopyRequest(writer, received, request.Sender.IsHidden, hasEvent: false);
    }

    // RFC 3428 §4: no Contact; what is sent back is a request of its own.
    private void WriteFrom(SipWriter writer)
    {
        if (request.Sender.IsHidden)
            writer.Address(SipHeaderName.From, CallerIdentity.AnonymousName, CallerIdentity.AnonymousUri, _tag);
        else
            writer.Address(SipHeaderName.From, Encoding.UTF8.GetBytes(request.Sender.Name), CallTargets.Uri(request.Sender.Number, request.Domain), _tag);
    }
}
