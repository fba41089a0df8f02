namespace TekSipCloud.Contracts.Calls;

/// <summary>Who ended a call.</summary>
[GenerateSerializer, Alias("call-end")]
public enum CallEnd
{
    /// <summary>The caller: BYE or CANCEL.</summary>
    Caller = 0,

    /// <summary>The callee: BYE or a refusal.</summary>
    Callee = 1,

    /// <summary>Somebody at the console or through an API.</summary>
    Operator = 2,

    /// <summary>The system: time-out, limit, no route.</summary>
    System = 3,

    /// <summary>The node that had it died; the end is when it was last known to live.</summary>
    NodeLost = 4,
}
