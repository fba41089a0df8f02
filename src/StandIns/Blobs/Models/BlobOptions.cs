#nullable disable

namespace Azure.Storage.Blobs.Models;

/// <summary>How a blob is uploaded.</summary>
public class BlobUploadOptions
{
    public BlobHttpHeaders HttpHeaders { get; set; }

    public IDictionary<string, string> Metadata { get; set; }

    public BlobRequestConditions Conditions { get; set; }

    public StorageTransferOptions TransferOptions { get; set; }
}

/// <summary>What of a blob is downloaded, and when.</summary>
public class BlobDownloadOptions
{
    public HttpRange Range { get; set; }

    public BlobRequestConditions Conditions { get; set; }
}

/// <summary>How a blob is read as a stream.</summary>
public class BlobOpenReadOptions(bool allowModifications)
{
    public long Position { get; set; }

    /// <summary>Bytes that are fetched at a time. Default 4 MiB.</summary>
    public int? BufferSize { get; set; }

    public BlobRequestConditions Conditions { get; set; }

    internal bool AllowsModifications { get; } = allowModifications;
}

/// <summary>What is to be true of a blob for a request to be done.</summary>
public class BlobRequestConditions : BlobLeaseRequestConditions
{
    public string LeaseId { get; set; }
}

/// <summary>What is to be true of a blob besides its lease.</summary>
public class BlobLeaseRequestConditions : RequestConditions;

/// <summary>The headers that a blob is served with.</summary>
public class BlobHttpHeaders
{
    public string ContentType { get; set; }
}
