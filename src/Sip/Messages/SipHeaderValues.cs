namespace TekSipCloud.Sip.Messages;

/// <summary>Every value of one header over all its lines, in order; use it with <c>foreach</c>.</summary>
/// <remarks>A header whose values are a list is split at commas outside quotes and angle brackets; empty elements are
/// left out (RFC 3261 §7.3.1). Any other header yields one value per line.</remarks>
public ref struct SipHeaderValues
{
    private readonly SipMessage _message;
    private readonly SipHeaderName _name;
    private readonly bool _isList;
    private ReadOnlySpan<byte> _rest;
    private int _line;

    internal SipHeaderValues(SipMessage message, SipHeaderName name)
    {
        _message = message;
        _name = name;
        _isList = SipHeaderNames.IsList(name);
        _line = message.FirstLine(name);
    }

    /// <summary>The value under the cursor, trimmed; never empty.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Steps to the next value.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            while (!_rest.IsEmpty)
            {
                Current = SipList.Next(ref _rest, _isList);
                if (!Current.IsEmpty)
                    return true;
            }

            if (!NextLine())
                return false;
        }
    }

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public readonly SipHeaderValues GetEnumerator() => this;

    private bool NextLine()
    {
        if (_line < 0)
            return false;

        _rest = _message.LineAt(_line).Value;
        _line = _message.NextLine(_name, _line);
        return true;
    }
}
