namespace Azure.Data.Tables;

/// <summary>What a storage account's connection string says of its tables.</summary>
internal sealed record TablesConnectionString(Uri Endpoint, string? AccountName, TableSharedKeyCredential? Credential)
{
    private const string DevelopmentAccount = "devstoreaccount1";

    // Public by design: every emulator knows this key, and no account of the service has it.
    private const string DevelopmentKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const int DevelopmentPort = 10002;

    /// <exception cref="FormatException">The string names no account, or not how to reach it.</exception>
    public static TablesConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);

        var settings = Split(connectionString);
        if (settings.GetValueOrDefault("UseDevelopmentStorage") == "true")
            return Development(settings.GetValueOrDefault("DevelopmentStorageProxyUri"));

        var account = settings.GetValueOrDefault("AccountName");
        var key = settings.GetValueOrDefault("AccountKey");
        var signature = settings.GetValueOrDefault("SharedAccessSignature");
        var endpoint = settings.GetValueOrDefault("TableEndpoint");
        endpoint ??= FindEndpoint(account, settings);

        if (endpoint is null || !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || (key is null && signature is null))
            throw new FormatException("No valid combination of account information found.");

        if (key is not null && account is not null)
            return new(uri, account, new TableSharedKeyCredential(account, key));

        return signature is null
            ? throw new FormatException("No valid combination of account information found.")
            : new(new UriBuilder(uri) { Query = signature.TrimStart('?') }.Uri, account, null);
    }

    private static TablesConnectionString Development(string? proxy)
    {
        var host = new UriBuilder(proxy ?? "http://127.0.0.1");
        host.Port = DevelopmentPort;
        host.Path = DevelopmentAccount;
        return new(host.Uri, DevelopmentAccount, new TableSharedKeyCredential(DevelopmentAccount, DevelopmentKey));
    }

    private static string? FindEndpoint(string? account, Dictionary<string, string> settings) =>
        account is not null && settings.TryGetValue("EndpointSuffix", out var suffix)
            ? $"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.table.{suffix}"
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
