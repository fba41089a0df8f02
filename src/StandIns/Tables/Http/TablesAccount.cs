using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>The way to one account: its endpoint and the pipeline that authenticates there.</summary>
internal sealed class TablesAccount
{
    public const string Json = "application/json;odata=minimalmetadata";

    private readonly HttpPipeline _pipeline;
    private readonly string _version;
    private readonly string _signature;

    /// <param name="endpoint">The account's endpoint; a query there is a shared access signature.</param>
    /// <param name="name">The account's name when the credential knows it, else null.</param>
    /// <param name="options">How to talk to the service, or null for the defaults.</param>
    /// <param name="perCall">What to do once for each call, or null.</param>
    /// <param name="perAttempt">What to do again for each retry, or null.</param>
    public TablesAccount(
        Uri endpoint, string? name, TableClientOptions? options, HttpPipelinePolicy? perCall, HttpPipelinePolicy? perAttempt)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new TableClientOptions();

        Endpoint = new UriBuilder(endpoint) { Query = "" }.Uri;
        Base = Endpoint.AbsoluteUri.TrimEnd('/');
        Name = name ?? EndpointUri.FindAccount(endpoint);
        _signature = endpoint.Query.TrimStart('?');
        _version = options.VersionHeader;

        var pipeline = new HttpPipelineOptions(options) { RequestFailedDetailsParser = TablesErrorParser.Instance };
        if (perCall is not null)
            pipeline.PerCallPolicies.Add(perCall);
        if (perAttempt is not null)
            pipeline.PerRetryPolicies.Add(perAttempt);
        pipeline.PerRetryPolicies.Add(new WholeResponsePolicy());
        _pipeline = HttpPipelineBuilder.Build(pipeline);
    }

    public Uri Endpoint { get; }

    /// <summary>The endpoint without a slash at its end.</summary>
    public string Base { get; }

    public string? Name { get; }

    public static TablesAccount Create(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, credential.AccountName, options, null, new SharedKeyLitePolicy(credential, TimeProvider.System));
    }

    public static TablesAccount Create(Uri endpoint, AzureSasCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        if (endpoint.Query.Contains("sig=", StringComparison.Ordinal))
            throw new ArgumentException("The endpoint has a signature already; give either that or the credential.", nameof(endpoint));

        return new(endpoint, null, options, new SharedAccessSignaturePolicy(credential), null);
    }

    public static TablesAccount Create(Uri endpoint, TokenCredential credential, TableClientOptions? options)
    {
        const string scope = "https://storage.azure.com/.default";
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, null, options, null, new BearerTokenAuthenticationPolicy(credential, scope));
    }

    public static TablesAccount Create(string connectionString, TableClientOptions? options)
    {
        var settings = TablesConnectionString.Parse(connectionString);
        return settings.Credential is { } credential
            ? Create(settings.Endpoint, credential, options)
            : new TablesAccount(settings.Endpoint, settings.AccountName, options, null, null);
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
        message.BufferResponse = false;

        var queries = string.Join('&', new[] { query, _signature }.Where(part => part.Length > 0));
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri(queries.Length == 0 ? Base + path : $"{Base}{path}?{queries}"));
        request.Headers.Add("x-ms-version", _version);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add(HttpHeader.Names.Accept, Json);
        return message;
    }

    /// <summary>Sends a request that has a JSON body, none of which is wanted back.</summary>
    public Task<Response> SendJson(HttpMessage message, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        message.Request.Headers.Add(HttpHeader.Names.ContentType, Json);
        if (message.Request.Method == RequestMethod.Post)
            message.Request.Headers.Add("Prefer", "return-no-content");
        message.Request.Content = RequestContent.Create(body);
        return Send(message, cancel);
    }

    /// <summary>Sends a request.</summary>
    /// <exception cref="RequestFailedException">The status is none of those expected.</exception>
    public async Task<Response> Send(HttpMessage message, CancellationToken cancel)
    {
        await _pipeline.SendAsync(message, cancel).ConfigureAwait(false);
        return message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;
    }
}
