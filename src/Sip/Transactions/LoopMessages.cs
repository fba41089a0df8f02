using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// The INVITEs that a loop keeps for as long as their calls need them, and their memory for the next. Used on the loop. Whoever gives one back holds
/// nothing of it any more.
/// </summary>
internal sealed class LoopMessages
{
    /// <summary>What is longer is left to the collector.</summary>
    private const int MostBytes = 4096;

    /// <summary>With the usual offer in each 2 MB.</summary>
    private const int MostSpares = 1024;

    private readonly Stack<SipMessage> _spares = new();

    /// <summary>A copy for keeping of a message that a transport lent.</summary>
    public SipMessage Keep(SipMessage lent)
    {
        if (!_spares.TryPop(out var spare))
            return lent.Detach();

        spare.CopyFrom(lent);
        return spare;
    }

    /// <summary>A message to be filled.</summary>
    /// <param name="lines">How many header lines it is going to have.</param>
    public SipMessage Rent(int lines) => _spares.TryPop(out var spare) ? spare : new SipMessage(lines);

    /// <summary>Takes back what nobody uses any more.</summary>
    public void Return(SipMessage message)
    {
        if (message.Room <= MostBytes && _spares.Count < MostSpares)
            _spares.Push(message);
    }
}
