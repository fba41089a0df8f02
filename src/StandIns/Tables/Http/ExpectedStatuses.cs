using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Which statuses are an answer rather than an error, by operation.</summary>
internal static class ExpectedStatuses
{
    public static readonly ResponseClassifier Read = new StatusCodeClassifier([200]);
    public static readonly ResponseClassifier ReadIfExists = new StatusCodeClassifier([200, 404]);
    public static readonly ResponseClassifier Write = new StatusCodeClassifier([201, 204]);
    public static readonly ResponseClassifier CreateIfNotExists = new StatusCodeClassifier([201, 204, 409]);
    public static readonly ResponseClassifier Delete = new StatusCodeClassifier([204, 404]);
    public static readonly ResponseClassifier Transaction = new StatusCodeClassifier([202]);
}
