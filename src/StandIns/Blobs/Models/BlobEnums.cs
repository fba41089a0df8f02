namespace Azure.Storage.Blobs.Models;

/// <summary>Who may read a container without credentials.</summary>
public enum PublicAccessType
{
    None = 0,
    BlobContainer = 1,
    Blob = 2,
}

/// <summary>What happens to a blob's snapshots.</summary>
public enum DeleteSnapshotsOption
{
    None = 0,
    IncludeSnapshots = 1,
    OnlySnapshots = 2,
}

/// <summary>What a list tells of blobs besides their names and properties.</summary>
[Flags]
public enum BlobTraits
{
    None = 0,
}

/// <summary>Which blobs are listed besides those that are there.</summary>
[Flags]
public enum BlobStates
{
    None = 0,
}
