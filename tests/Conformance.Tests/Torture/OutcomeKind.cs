namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>What can become of a torture message.</summary>
public enum OutcomeKind
{
    /// <summary>It is answered with a final code.</summary>
    Answered,

    /// <summary>An INVITE reaches the called phone; the phone's own refusal comes back.</summary>
    Called,

    /// <summary>A REGISTER is challenged; the same with credentials is answered with a final code.</summary>
    Challenged,

    /// <summary>Nothing comes back.</summary>
    Dropped,

    /// <summary>A stream waits for the octets that Content-Length promised, and is closed when they do not come in time.</summary>
    Waits,
}
