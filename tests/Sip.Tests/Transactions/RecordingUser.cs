using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>A transaction user, server and client, that writes down what it hears.</summary>
internal sealed class RecordingUser : ITransactionUser, IClientTransactionUser
{
    private readonly List<string> _heard = [];

    public ServerTransaction? LastServer { get; private set; }

    public Func<SipMessage, bool> Admits { get; set; } = static _ => true;

    public Action<ServerTransaction> Answers { get; set; } = static _ => { };

    /// <summary>Other ways to a sender whose own is gone.</summary>
    public Func<ServerTransaction, IReturnPath?> WaysBack { get; set; } = static _ => null;

    /// <summary>What was heard since the last call, in order.</summary>
    public string TakeHeard()
    {
        var words = string.Join(' ', _heard);
        _heard.Clear();
        return words;
    }

    public bool Admit(SipFlow flow, SipMessage request) => Admits(request);

    public void OnRequest(ServerTransaction transaction)
    {
        _heard.Add($"{transaction.Request.Method}");
        LastServer = transaction;
        Answers(transaction);
    }

    public void OnAck(SipFlow flow, SipMessage ack) => _heard.Add("Ack");

    public void OnCancel(InviteServerTransaction invite, ServerTransaction cancel) => _heard.Add("Cancel");

    public void OnStrayResponse(SipFlow flow, SipMessage response) => _heard.Add($"stray{response.StatusCode}");

    public void OnOtherAnswer(SipFlow flow, SipMessage acknowledged, SipMessage response)
    {
        Assert.Equal(SipMethod.Ack, acknowledged.Method);
        _heard.Add($"other{response.StatusCode}");
    }

    public IReturnPath? FindWayBack(ServerTransaction transaction) => WaysBack(transaction);

    public void OnFailed(ServerTransaction transaction, TransactionFailure failure) => _heard.Add($"{failure}");

    public void OnProvisional(ClientTransaction transaction, SipMessage response) => _heard.Add($"{response.StatusCode}");

    public void OnFinal(ClientTransaction transaction, SipMessage response) => _heard.Add($"{response.StatusCode}");

    public void OnTimeout(ClientTransaction transaction) => _heard.Add("ClientTimeout");

    public void OnTransportError(ClientTransaction transaction) => _heard.Add("ClientTransportError");
}
