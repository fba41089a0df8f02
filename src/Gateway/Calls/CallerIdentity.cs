namespace TekSipCloud.Gateway.Calls;

/// <summary>As whom a call is made, whatever the caller's own headers say.</summary>
/// <param name="Number">The user part of its URI; empty for a caller without a number.</param>
/// <param name="Name">Shown to the callee; empty for none.</param>
/// <param name="IsAsserted">Whether we vouch for it: the caller authenticated, or somebody whom we trust vouches for it (RFC 3325 §5).</param>
/// <param name="IsHidden">Whether the caller wants it withheld from everybody but who is trusted.</param>
/// <param name="AssertedName">The name that we vouch for, which is never one that the caller made up; empty for none.</param>
internal readonly record struct CallerIdentity(string Number, string Name, bool IsAsserted, bool IsHidden, string AssertedName = "")
{
    /// <summary>The URI of From of a caller that is hidden (RFC 3323 §4.1.1.3).</summary>
    public static ReadOnlySpan<byte> AnonymousUri => "sip:anonymous@anonymous.invalid"u8;

    /// <summary>Its display name (RFC 3323 §4.1.1.3).</summary>
    public static ReadOnlySpan<byte> AnonymousName => "Anonymous"u8;
}
