using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// The REFERs that passed to a party, by the numbers that they have in its dialog and in the other party's: what it tells of them by NOTIFY names the one, and
/// has to name the other where it passes back (RFC 3515 §2.4.6).
/// </summary>
internal sealed class PassedRefers
{
    /// <summary>More are not under way at a time, whatever a party asks for.</summary>
    private const int Most = 16;

    private readonly Dictionary<uint, uint> _numbers = [];
    private uint? _first;

    /// <summary>A REFER passes.</summary>
    /// <param name="number">Its number in the dialog that it goes to.</param>
    /// <param name="refer">As it came.</param>
    public void Add(uint number, SipMessage refer)
    {
        if (!refer.TryGetCSeq(out var cseq, out _))
            return;

        _first ??= cseq.Number;
        if (_numbers.Count == Most)
            _numbers.Clear();
        _numbers[number] = cseq.Number;
    }

    /// <summary>Writes the Event of a NOTIFY that passes back; false, and nothing is written, where it names no REFER that passed.</summary>
    public bool TryWriteEvent(SipWriter writer, SipMessage notify)
    {
        if (!notify.TryGet(SipHeaderName.Event, out var value) || !ParameterizedValue.TryParse(value, out var package, out _)
            || !SipToken.EqualsIgnoreCase(package.Value, "refer"u8) || NumberOf(package) is not { } theirs)
        {
            return false;
        }

        writer.StartHeader(SipHeaderName.Event);
        writer.Append("refer;id="u8);
        writer.Append(theirs);
        writer.EndHeader();
        return true;
    }

    /// <summary>RFC 3515 §2.4.6: only news of the first REFER in a dialog may be without a number.</summary>
    private uint? NumberOf(ParameterizedValue package)
    {
        if (!package.Parameters.TryGet("id"u8, out var id))
            return _first;

        return SipToken.TryParseNumber(id, out var number) && _numbers.TryGetValue(number, out var theirs) ? theirs : null;
    }
}
