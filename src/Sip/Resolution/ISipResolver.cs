namespace TekSipCloud.Sip.Resolution;

/// <summary>Finds the servers of a next hop (RFC 3263 §4). Thread-safe.</summary>
public interface ISipResolver
{
    /// <summary>Where to send a request, best first; never throws for what DNS says.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired first; the questions to DNS go on and are remembered.</exception>
    ValueTask<SipResolution> Resolve(SipHop hop, CancellationToken cancel);
}
