namespace TekSipCloud.Sip.Resolution;

/// <summary>Answers questions about names.</summary>
internal interface IDnsLookup
{
    /// <summary>Asks; a server's silence is an outcome, not an exception.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired first.</exception>
    Task<DnsAnswer> Lookup(DnsQuestion question, CancellationToken cancel);
}
