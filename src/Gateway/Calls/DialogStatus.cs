namespace TekSipCloud.Gateway.Calls;

/// <summary>What one party's refusal of a request within a call is to the other party, whose dialog with us is another one.</summary>
internal static class DialogStatus
{
    /// <summary>No answer came, or no way was there: what the other party hears of it.</summary>
    public const int Silent = 504, Unreachable = 500;

    /// <summary>The code that passes for a code that came.</summary>
    public static int Outward(int status) => status switch
    {
        // A challenge of the far side is none of this party's business (threats: digest leak).
        401 or 407 => 500,
        // RFC 3261 §12.2.1.2 has its receiver end the dialog, and RFC 4320 §4.2 forbids it to all but INVITEs.
        408 => Silent,
        // RFC 3261 §16.7 step 6, §21.5.4: passed on it would say that we serve nobody, and have all requests go elsewhere until its Retry-After.
        503 => Unreachable,
        _ => status,
    };
}
