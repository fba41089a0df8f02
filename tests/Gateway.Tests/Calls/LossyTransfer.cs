using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>
/// A call that is transferred, blindly or after asking (RFC 5589 §6, §7), in a network that loses messages; somebody hangs up before it, in the middle of
/// it or afterwards, as a throw of dice says.
/// </summary>
internal sealed class LossyTransfer
{
    // In steps of half a second: the longest that an INVITE and what follows it are repeated (RFC 3261 §17.1.1.2).
    private const int LongestTransfer = 70;

    private readonly Random _random;
    private readonly LossyNetwork _network;
    private readonly Phone[] _phones;
    private readonly string _name;
    private readonly bool _isBlind;
    private readonly bool _isRefused;
    private readonly int _hangsUpAfter;
    private readonly List<LossyParty> _parties = [];
    private readonly LossyParty _caller;
    private LossyParty? _asking;
    private LossyParty? _transferor;
    private int _transferring;
    private bool _isEnding;

    public LossyTransfer(Phone caller, Phone transferor, Phone target, string name, LossyNetwork network, Random random)
    {
        (_phones, _name, _network, _random) = ([caller, transferor, target], name, network, random);
        _isBlind = random.Next(2) == 0;
        _isRefused = _isBlind && random.Next(4) == 0;
        _hangsUpAfter = random.Next(3) switch { 0 => random.Next(6), 1 => random.Next(30), _ => LongestTransfer };
        _caller = Invites(caller, transferor, $"{name}-1");
    }

    public bool IsOver => _parties.All(party => party.IsQuiet);

    /// <summary>Whether the party has come to the target.</summary>
    public bool IsTransferred => _transferor is { Progress: 200 };

    /// <summary>Whom the party comes to.</summary>
    public string Target => _phones[2].User;

    /// <summary>How the history may say that the first call ended: of those that end it at the same time either may be first.</summary>
    public IEnumerable<(int Status, CallEnd EndedBy)> FirstEnds()
    {
        if (_caller.HasHungUp)
            yield return (200, CallEnd.Caller);
        if (_transferor is not null || Callee is { HasHungUp: true })
            yield return (200, CallEnd.Callee);
        // The transferor had hung up, and nobody was reached.
        if (_isRefused && Callee is { HasHungUp: true })
            yield return (200, CallEnd.System);
    }

    /// <summary>The same of the second, to the target, in which the party that comes takes the transferor's place.</summary>
    public IEnumerable<(int Status, CallEnd EndedBy)> SecondEnds()
    {
        if (_caller.HasHungUp || _asking is { HasHungUp: true })
            yield return (200, CallEnd.Caller);
        if (_isBlind && (_caller.HasHungUp || _caller.IsOver))
            yield return (487, CallEnd.Caller);
        if (_isRefused)
            yield return (486, CallEnd.Callee);
        if (Of(2).Any(party => party.HasHungUp))
            yield return (200, CallEnd.Callee);
    }

    /// <summary>Whether the second call is one that there must be.</summary>
    public bool HasSecond => Of(2).Any();

    /// <summary>Everybody takes what came, but for what was lost, and does what is next.</summary>
    public void Step()
    {
        foreach (var phone in _phones)
            Listens(phone);
        foreach (var ringing in _parties.Where(party => party.IsAsked && !party.IsConfirmed && !party.IsOver && _random.Next(3) == 0))
            ringing.Answers(_isRefused && ringing.Call.Phone == _phones[2] ? 486 : 200);

        if (!_isEnding)
            Goes();
        else
            Ends();

        foreach (var party in _parties)
            party.Repeats();
    }

    /// <summary>The transferor in the first call.</summary>
    private LossyParty? Callee => Of(1).FirstOrDefault(party => party != _asking);

    private IEnumerable<LossyParty> Of(int phone) => _parties.Where(party => party.Call.Phone == _phones[phone]);

    private void Goes()
    {
        if (_transferor is not null)
        {
            _isEnding = ++_transferring > _hangsUpAfter || _parties.Any(party => party.HasHungUp);
            return;
        }

        if (!_caller.IsConfirmed || Callee is not { IsConfirmed: true } callee)
            return;

        if (_isBlind)
            Transfers(callee, $"<sip:{_phones[2].User}@{_phones[2].Domain}>");
        else if (_asking is null)
            _asking = Invites(_phones[1], _phones[2], $"{_name}-2");
        else if (_asking.IsConfirmed && Of(2).Any(party => party.IsConfirmed))
            Transfers(callee, TargetOf(_asking.Call));
    }

    private void Transfers(LossyParty transferor, string target)
    {
        _transferor = transferor;
        transferor.Refers(target);
    }

    /// <summary>Whoever is in a call hangs up; both sides of it may do so at the same time (RFC 3261 §15).</summary>
    private void Ends()
    {
        foreach (var party in _parties.Where(party => party.IsConfirmed && !party.IsOver && !party.HasHungUp && _random.Next(6) == 0))
            party.HangsUp();
    }

    // RFC 3891 §3
    private static string TargetOf(PhoneCall other) =>
        $"<{other.Target}?Replaces={other.CallId}%3Bto-tag%3D{other.RemoteTag}%3Bfrom-tag%3D{other.LocalTag}>";

    private LossyParty Invites(Phone caller, Phone callee, string callId)
    {
        var party = new LossyParty(caller.InvitesBy(callId, callee.User), _network);
        party.HasInvited();
        _parties.Add(party);
        return party;
    }

    private void Listens(Phone phone)
    {
        foreach (var message in phone.Flow.Inbox.ToArray())
        {
            if (_network.Loses())
                continue;

            if (_parties.Find(party => party.Call.Phone == phone && party.Call.CallId == SipText.CallId(message)) is { } party)
                party.Takes(message);
            else if (Phone.IsRequest(message, "INVITE"))
                Rings(phone, message);
        }

        phone.Ignores();
    }

    private void Rings(Phone phone, SipMessage invite)
    {
        var party = new LossyParty(PhoneCall.Incoming(phone, invite), _network);
        _parties.Add(party);
        party.Takes(invite);
        party.Rings();
    }
}
