using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Storage.Blobs;

/// <summary>The way to one account: its endpoint and the pipeline that authenticates there.</summary>
internal sealed class BlobsAccount
{
    private const string Scope = "https://storage.azure.com/.default";

    private readonly HttpPipeline _pipeline;
    private readonly string _version;

    private BlobsAccount(Uri endpoint, string? name, BlobClientOptions? options, HttpPipelinePolicy perAttempt)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new BlobClientOptions();
        Endpoint = endpoint;
        Base = endpoint.AbsoluteUri.TrimEnd('/');
        Name = name ?? endpoint.Host.Split('.')[0];
        _version = options.VersionHeader;

        var pipeline = new HttpPipelineOptions(options) { RequestFailedDetailsParser = BlobsErrorParser.Instance };
        pipeline.PerRetryPolicies.Add(perAttempt);
        _pipeline = HttpPipelineBuilder.Build(pipeline);
    }

    public Uri Endpoint { get; }

    /// <summary>The endpoint without a slash at its end.</summary>
    public string Base { get; }

    public string Name { get; }

    public static BlobsAccount Create(Uri endpoint, StorageSharedKeyCredential credential, BlobClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, credential.AccountName, options, new SharedKeyPolicy(credential, TimeProvider.System));
    }

    public static BlobsAccount Create(Uri endpoint, TokenCredential credential, BlobClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, null, options, new BearerTokenAuthenticationPolicy(credential, Scope));
    }

    public static BlobsAccount Create(string connectionString, BlobClientOptions? options)
    {
        var settings = BlobsConnectionString.Parse(connectionString);
        return Create(settings.Endpoint, settings.Credential, options);
    }

    /// <summary>A request for a path below the endpoint.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">The path, encoded, with its first slash.</param>
    /// <param name="query">The query, encoded, without question mark; or empty.</param>
    /// <param name="expected">Which statuses are no error.</param>
    public HttpMessage CreateMessage(RequestMethod method, string path, string query, ResponseClassifier expected)
    {
        var message = _pipeline.CreateMessage();
        message.ResponseClassifier = expected;
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri(query.Length == 0 ? Base + path : $"{Base}{path}?{query}"));
        request.Headers.Add("x-ms-version", _version);
        return message;
    }

    /// <summary>Sends a request.</summary>
    /// <exception cref="RequestFailedException">The status is none of those expected.</exception>
    public async Task<Response> Send(HttpMessage message, CancellationToken cancel)
    {
        await _pipeline.SendAsync(message, cancel).ConfigureAwait(false);
        return message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;
    }
}
