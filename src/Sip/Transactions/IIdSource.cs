namespace TekSipCloud.Sip.Transactions;

/// <summary>Makes the identifiers that must be unique in space and time and unguessable (RFC 3261 §19.3). Thread-safe.</summary>
public interface IIdSource
{
    /// <summary>A Via branch, beginning with the magic cookie <c>z9hG4bK</c> (RFC 3261 §8.1.1.7). Valid until this thread asks for
    /// the next: it is written into a message at once.</summary>
    ReadOnlySpan<byte> NewBranch();

    /// <summary>A From or To tag of at least 32 random bits (RFC 3261 §19.3).</summary>
    byte[] NewTag();

    /// <summary>A Call-ID that names no host (RFC 3261 §8.1.1.4).</summary>
    byte[] NewCallId();
}
