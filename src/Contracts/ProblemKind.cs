namespace TekSipCloud.Contracts;

/// <summary>The closed list of refusals.</summary>
[GenerateSerializer, Alias("problem-kind")]
public enum ProblemKind
{
    /// <summary>A field is invalid. HTTP 400, SIP 400.</summary>
    Invalid = 1,

    /// <summary>No such thing. HTTP 404, SIP 404.</summary>
    NotFound = 2,

    /// <summary>It exists already or is in use. HTTP 409.</summary>
    Conflict = 3,

    /// <summary>The ETag given is not the current one. HTTP 412.</summary>
    Changed = 4,

    /// <summary>The caller may not do this. HTTP 403, SIP 403.</summary>
    Forbidden = 5,

    /// <summary>A limit is reached (bindings of an AOR, capacity of a destination). HTTP 409, SIP 403 or 503.</summary>
    OverLimit = 6,

    /// <summary>A request came out of order (RFC 3261 §10.3 step 7). SIP 500.</summary>
    OutOfOrder = 7,
}
