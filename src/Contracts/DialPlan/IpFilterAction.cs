namespace TekSipCloud.Contracts.DialPlan;

/// <summary>The actions of an IP filter.</summary>
[GenerateSerializer, Alias("ip-filter-action")]
public enum IpFilterAction
{
    /// <summary>Let it in; it authenticates as always.</summary>
    Allow = 0,

    /// <summary>Let it in without authentication: it is the extension that its From names. Not by WebSocket, which any page may open.</summary>
    Bypass = 1,

    /// <summary>The name of Bypass where RADIUS authenticates; the same.</summary>
    Trust = 2,

    /// <summary>Answer nothing.</summary>
    Drop = 3,
}
