namespace Azure.Storage.Blobs;

/// <summary>What a storage account's connection string says of its blobs.</summary>
internal sealed record BlobsConnectionString(Uri Endpoint, StorageSharedKeyCredential Credential)
{
    private const string DevelopmentAccount = "devstoreaccount1";

    // Public by design: every emulator knows this key, and no account of the service has it.
    private const string DevelopmentKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const int DevelopmentPort = 10000;

    /// <exception cref="FormatException">The string names no account, or not how to reach it.</exception>
    public static BlobsConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);

        var settings = Split(connectionString);
        if (settings.GetValueOrDefault("UseDevelopmentStorage") == "true")
            return Development(settings.GetValueOrDefault("DevelopmentStorageProxyUri"));

        var account = settings.GetValueOrDefault("AccountName");
        var key = settings.GetValueOrDefault("AccountKey");
        var endpoint = settings.GetValueOrDefault("BlobEndpoint") ?? FindEndpoint(account, settings);
        return endpoint is not null && Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && account is not null && key is not null
            ? new(uri, new StorageSharedKeyCredential(account, key))
            : throw new FormatException("No valid combination of account information found.");
    }

    private static BlobsConnectionString Development(string? proxy)
    {
        var host = new UriBuilder(proxy ?? "http://127.0.0.1");
        host.Port = DevelopmentPort;
        host.Path = DevelopmentAccount;
        return new(host.Uri, new StorageSharedKeyCredential(DevelopmentAccount, DevelopmentKey));
    }

    private static string? FindEndpoint(string? account, Dictionary<string, string> settings) =>
        account is not null && settings.TryGetValue("EndpointSuffix", out var suffix)
            ? $"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.blob.{suffix}"
            : null;

    private static Dictionary<string, string> Split(string connectionString)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            // Never the part itself: it may be the key.
            if (equals <= 0)
                throw new FormatException("A connection string is made of name=value parts, separated by semicolons.");

            var name = part[..equals].Trim();
            if (!settings.TryAdd(name, part[(equals + 1)..].Trim()))
                throw new FormatException($"The connection string has '{name}' more than once.");
        }

        return settings;
    }
}
