using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Messages;

/// <summary>
/// A request on its way to all devices of an extension: the first that takes it answers for all, else the best refusal does once all have answered
/// (RFC 3261 §16.7). Those of a lower q get it when nobody before them took it (RFC 3261 §16.6).
/// </summary>
/// <param name="request">The sender's.</param>
/// <param name="breadth">How many branches it may have at a time.</param>
/// <param name="turns">The devices that get it at the same time, each with its bindings in the order in which they are tried; at least one.</param>
internal sealed class StandaloneFork(StandaloneRequest request, Breadth breadth, Queue<Queue<Binding>[]> turns)
{
    private ILoopTimer? _deadline;
    private ILoopTimer? _turn;
    private TimeSpan _share;
    private SipMessage? _refusal;
    private int _status;
    private int _open;

    /// <summary>Whether the sender has its answer.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>
    /// RFC 4320 §4.2: the sender gives up after 64*T1, and no answer may come later than that; T4 is how long an answer may be on its way.
    /// </summary>
    private TimeSpan Deadline => request.Gateway.Layer.Timers.Timeout - request.Gateway.Layer.Timers.T4;

    /// <summary>Begins with the devices that are preferred to all others.</summary>
    public void Run()
    {
        _deadline = request.Gateway.Loop.Schedule(Deadline, static fork => ((StandaloneFork)fork!).Refuse(), this);
        _share = Deadline / turns.Count;
        SendNext();
    }

    /// <summary>A device has taken it.</summary>
    public void OnAccepted(SipMessage response)
    {
        _open--;
        if (TrySettle())
            request.PassBack(response);
    }

    /// <summary>A device has not taken it, or was not reached.</summary>
    /// <param name="status">What that means to the sender.</param>
    /// <param name="response">The device's answer, where it may pass.</param>
    public void OnFailed(int status, SipMessage? response = null)
    {
        _open--;
        if (BestRefusal.Of(_status, status) != _status)
            (_status, _refusal) = (status, response?.Detach());
        if (_open > 0 || IsSettled)
            return;

        if (HasNext)
            SendNext();
        else
            Refuse();
    }

    // RFC 3261 §16.7 step 5: a 6xx speaks for those who were not asked, too.
    private bool HasNext => turns.Count > 0 && _status < 600;

    /// <summary>Who says nothing may still answer, but others are asked while there is time: such a request cannot be cancelled (RFC 3261 §9.1).</summary>
    private void OnTurnSilent()
    {
        if (HasNext)
            SendNext();
    }

    private void SendNext()
    {
        _turn?.Cancel();
        var devices = turns.Dequeue();
        _open += devices.Length;
        if (turns.Count > 0)
            _turn = request.Gateway.Loop.Schedule(_share, static fork => ((StandaloneFork)fork!).OnTurnSilent(), this);
        foreach (var ways in devices)
            new StandaloneBranch(request, this, ways, breadth.Share(devices.Length)).Begin();
    }

    /// <summary>All have refused it, or some say nothing for too long.</summary>
    private void Refuse()
    {
        if (!TrySettle())
            return;

        if (_refusal is not null)
            request.PassBack(_refusal);
        else
            request.Reply(Outward(_status));
    }

    private bool TrySettle()
    {
        if (IsSettled)
            return false;

        IsSettled = true;
        _deadline?.Cancel();
        _turn?.Cancel();
        return true;
    }

    /// <summary>Nobody is there: RFC 4320 §4.2 knows no 408, and RFC 3261 §16.7 step 6 keeps a device's 503 from being taken for ours.</summary>
    private static int Outward(int status) => status is 0 or 408 or 503 ? 480 : status;
}
