namespace TekSipCloud.Sip.Headers;

/// <summary>A place in a list of parameters.</summary>
public ref struct SipParameterEnumerator
{
    private ReadOnlySpan<byte> _rest;

    internal SipParameterEnumerator(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>The parameter under the cursor.</summary>
    public SipParameter Current { get; private set; }

    /// <summary>Steps to the next parameter.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;

        _ = SipParameters.Take(ref _rest, out var parameter);
        Current = parameter;
        return true;
    }
}
