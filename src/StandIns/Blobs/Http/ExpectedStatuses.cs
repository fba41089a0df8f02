using Azure.Core;

namespace Azure.Storage.Blobs;

/// <summary>Which statuses are an answer rather than an error, by operation.</summary>
internal static class ExpectedStatuses
{
    public static readonly ResponseClassifier Read = new StatusCodeClassifier([200]);
    public static readonly ResponseClassifier ReadIfExists = new StatusCodeClassifier([200, 404]);
    public static readonly ResponseClassifier Download = new StatusCodeClassifier([200, 206]);
    public static readonly ResponseClassifier Write = new StatusCodeClassifier([201]);
    public static readonly ResponseClassifier CreateIfNotExists = new StatusCodeClassifier([201, 409]);
    public static readonly ResponseClassifier Delete = new StatusCodeClassifier([202, 404]);
    public static readonly ResponseClassifier DeleteExisting = new StatusCodeClassifier([202]);
}
