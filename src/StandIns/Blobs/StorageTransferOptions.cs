#nullable disable

using System.Diagnostics.CodeAnalysis;

namespace Azure.Storage;

/// <summary>How much of a transfer travels in one request.</summary>
public struct StorageTransferOptions : IEquatable<StorageTransferOptions>
{
    /// <summary>Bytes of a block, for what is too long for one request.</summary>
    public long? MaximumTransferSize { get; set; }

    /// <summary>Bytes that travel in one request as a whole.</summary>
    public long? InitialTransferSize { get; set; }

    public static bool operator ==(StorageTransferOptions left, StorageTransferOptions right) => left.Equals(right);

    public static bool operator !=(StorageTransferOptions left, StorageTransferOptions right) => !left.Equals(right);

    public readonly bool Equals(StorageTransferOptions obj) =>
        MaximumTransferSize == obj.MaximumTransferSize && InitialTransferSize == obj.InitialTransferSize;

    public override readonly bool Equals([NotNullWhen(true)] object obj) => obj is StorageTransferOptions other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(MaximumTransferSize, InitialTransferSize);
}
