namespace TekSipCloud.Sip.Resolution;

/// <summary>What came of a question.</summary>
internal enum DnsOutcome
{
    /// <summary>There are records.</summary>
    Found,

    /// <summary>The name exists, without such records.</summary>
    NoRecord,

    /// <summary>The name does not exist.</summary>
    NoName,

    /// <summary>No server answered, or none of them knew.</summary>
    NoAnswer,
}
