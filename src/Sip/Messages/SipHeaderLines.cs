namespace TekSipCloud.Sip.Messages;

/// <summary>All header lines of a message in their order; use it with <c>foreach</c>.</summary>
public ref struct SipHeaderLines
{
    private readonly SipMessage _message;
    private int _index;

    internal SipHeaderLines(SipMessage message)
    {
        _message = message;
        _index = -1;
    }

    /// <summary>The line under the cursor.</summary>
    public readonly SipHeaderLine Current => _message.LineAt(_index);

    /// <summary>Steps to the next line.</summary>
    public bool MoveNext() => ++_index < _message.LineCount;

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public readonly SipHeaderLines GetEnumerator() => this;
}
