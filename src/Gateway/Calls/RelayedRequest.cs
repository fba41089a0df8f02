using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A request within the call (INFO) passed to the other party, whose answer passes back.</summary>
internal sealed class RelayedRequest : IClientTransactionUser
{
    private readonly CallLeg _from;
    private readonly ServerTransaction _request;

    private RelayedRequest(CallLeg from, ServerTransaction request)
    {
        _from = from;
        _request = request;
    }

    public static void Begin(CallLeg from, CallLeg to, ServerTransaction request)
    {
        var writer = from.Call.Gateway.Writer;
        to.StartRequest(request.Request.Method);
        if (request.Request.Body.IsEmpty)
            writer.End();
        else
            writer.CopyBody(request.Request);
        to.Send(new RelayedRequest(from, request));
    }

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response) =>
        // A challenge of the far side is none of this party's business (threats: digest leak).
        Reply(response.StatusCode is 401 or 407 ? 500 : response.StatusCode);

    public void OnTimeout(ClientTransaction transaction) => Reply(408);

    public void OnTransportError(ClientTransaction transaction) => Reply(503);

    private void Reply(int status) => _from.Call.Gateway.Reply(_request, status);
}
