namespace TekSipCloud.Sip.Headers;

/// <summary>Which end of a request refreshes the session (RFC 4028 §4, the <c>refresher</c> parameter).</summary>
public enum SessionRefresher
{
    /// <summary>The request leaves it to its receiver.</summary>
    Open,

    /// <summary>Who sent the request.</summary>
    Uac,

    /// <summary>Who answers it.</summary>
    Uas,
}
