namespace TekSipCloud.Contracts.Calls;

/// <summary>
/// Reports that storage does not take in time, on this machine's disk: what is here survives the process and reaches the books at its next
/// start. Thread-safe.
/// </summary>
public interface ICallJournal
{
    /// <summary>Appends reports; they are on disk when it returns.</summary>
    /// <returns>The segment that holds them, for <see cref="Release"/>.</returns>
    /// <exception cref="IOException">The disk does not take them.</exception>
    long Append(IReadOnlyList<CallReport> reports);

    /// <summary>Storage has a report of a segment, or a later one of its call is appended: a segment without others is deleted.</summary>
    void Release(long segment);
}
