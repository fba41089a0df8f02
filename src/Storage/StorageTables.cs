using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;

namespace TekSipCloud.Storage;

/// <summary>The seven tables.</summary>
public sealed class StorageTables
{
    /// <summary>Opens no connection; the tables are made by <see cref="StoragePreparation"/>.</summary>
    public StorageTables(IOptions<StorageOptions> options)
    {
        var service = new TableServiceClient(options.Value.ConnectionString, ClientOptions());
        TableClient Open(string name) => service.GetTableClient(options.Value.TablePrefix + name);

        Config = Open("Config");
        Registrations = Open("Registrations");
        Calls = Open("Calls");
        OpenCalls = Open("OpenCalls");
        Domains = Open("Domains");
        Events = Open("Events");
        Recordings = Open("Recordings");
    }

    internal TableClient Config { get; }

    internal TableClient Registrations { get; }

    internal TableClient Calls { get; }

    internal TableClient OpenCalls { get; }

    internal TableClient Domains { get; }

    internal TableClient Events { get; }

    internal TableClient Recordings { get; }

    internal IReadOnlyList<TableClient> All => [Config, Registrations, Calls, OpenCalls, Domains, Events, Recordings];

    // A phone waits for at most 5 s: better one early retry than the client library's patience of minutes.
    private static TableClientOptions ClientOptions()
    {
        var options = new TableClientOptions();
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);

        // What fails is logged where it matters; a trace of each request that nobody takes costs as much as its headers.
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        return options;
    }
}
