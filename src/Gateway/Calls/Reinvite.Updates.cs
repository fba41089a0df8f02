using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <content>Where it comes or goes by UPDATE (RFC 3311), which is answered at once and has no ACK.</content>
internal sealed partial class Reinvite
{
    /// <summary>
    /// How long a party that is asked by INVITE may think of another one's UPDATE, which cannot wait (RFC 3311 §5.2) beyond timer F.
    /// </summary>
    private static readonly TimeSpan LongestAsking = TimeSpan.FromSeconds(20);

    private ILoopTimer? _limit;

    private bool IsUpdate => _request is not InviteServerTransaction;

    /// <summary>An UPDATE passes as such to a party that takes it.</summary>
    private bool AsksByUpdate => IsUpdate && _asksByUpdate;

    private void LimitAsking() =>
        _limit = Gateway.Loop.Schedule(LongestAsking, static self => ((Reinvite)self!).OnUnanswered(), this);

    private void OnUnanswered()
    {
        // What it agrees to all the same is acknowledged, and changes nothing here.
        OnCancel();
        Fail(504);
    }
}
