#nullable disable

namespace Azure.Storage.Blobs.Models;

/// <summary>What an upload made.</summary>
public class BlobContentInfo
{
    internal BlobContentInfo(Response response) =>
        (ETag, LastModified) = (BlobHeaders.ETag(response), BlobHeaders.LastModified(response));

    public ETag ETag { get; }

    public DateTimeOffset LastModified { get; }
}

/// <summary>What the creation of a container made.</summary>
public class BlobContainerInfo
{
    internal BlobContainerInfo(ETag eTag, DateTimeOffset lastModified) => (ETag, LastModified) = (eTag, lastModified);

    public ETag ETag { get; }

    public DateTimeOffset LastModified { get; }
}

/// <summary>What is known of a blob.</summary>
public class BlobProperties
{
    internal BlobProperties(Response response)
    {
        ETag = BlobHeaders.ETag(response);
        LastModified = BlobHeaders.LastModified(response);
        ContentLength = BlobHeaders.ContentLength(response);
        ContentType = response.Headers.ContentType;
        Metadata = BlobHeaders.ReadMetadata(response);
    }

    public ETag ETag { get; }

    public DateTimeOffset LastModified { get; }

    public long ContentLength { get; }

    public string ContentType { get; }

    public IDictionary<string, string> Metadata { get; }
}

/// <summary>A blob that comes as it is read.</summary>
public class BlobDownloadStreamingResult : IDisposable
{
    internal BlobDownloadStreamingResult(Stream content, BlobDownloadDetails details) => (Content, Details) = (content, details);

    public BlobDownloadDetails Details { get; }

    public Stream Content { get; }

    public void Dispose()
    {
        Content?.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What is known of a download before it is read.</summary>
public class BlobDownloadDetails
{
    internal BlobDownloadDetails(Response response)
    {
        ETag = BlobHeaders.ETag(response);
        LastModified = BlobHeaders.LastModified(response);
        ContentLength = BlobHeaders.ContentLength(response);
        ContentType = response.Headers.ContentType;
        ContentRange = response.Headers.TryGetValue("Content-Range", out var range) ? range : null;
    }

    public ETag ETag { get; }

    public DateTimeOffset LastModified { get; }

    public long ContentLength { get; }

    public string ContentType { get; }

    public string ContentRange { get; }
}

/// <summary>A blob in a list.</summary>
public class BlobItem
{
    internal BlobItem(string name, BlobItemProperties properties) => (Name, Properties) = (name, properties);

    public string Name { get; }

    public BlobItemProperties Properties { get; }
}

/// <summary>What a list says of a blob.</summary>
public class BlobItemProperties
{
    internal BlobItemProperties(long? contentLength) => ContentLength = contentLength;

    public long? ContentLength { get; }
}
