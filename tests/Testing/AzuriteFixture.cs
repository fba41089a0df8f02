using Xunit;

namespace TekSipCloud.Testing;

/// <summary>
/// A real Azurite for the tests of one assembly: tables, blobs and queues on ports of its own, in memory. A test project takes
/// one by <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c> and its test classes get it as a constructor argument.
/// Tests share it, so each uses table and container names of its own (<see cref="UniqueName"/>).
/// A test that needs data to outlive Azurite starts another by <see cref="Start"/>. When Azurite does not start, tests fail.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    /// <summary>The account that every Azurite has.</summary>
    public const string AccountName = "devstoreaccount1";

    /// <summary>That account's key, known to everybody.</summary>
    public const string AccountKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly string? _dataDirectory;
    private readonly PortBlock? _ports;
    private ChildProcess? _process;

    /// <summary>Made by xunit, which then starts it.</summary>
    public AzuriteFixture() { }

    private AzuriteFixture(string dataDirectory)
    {
        _dataDirectory = dataDirectory;
        // None that the system gives away meanwhile: it may be stopped and started again.
        _ports = PortBlock.Take(3);
    }

    /// <summary>The connection string of its account, with table, blob and queue endpoints.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};"
        + $"BlobEndpoint={BlobEndpoint};QueueEndpoint={QueueEndpoint};TableEndpoint={TableEndpoint};";

    /// <summary>Where tables are, the account included.</summary>
    public Uri TableEndpoint { get; private set; } = null!;

    /// <summary>Where blobs are, the account included.</summary>
    public Uri BlobEndpoint { get; private set; } = null!;

    /// <summary>Where queues are, the account included.</summary>
    public Uri QueueEndpoint { get; private set; } = null!;

    /// <summary>
    /// Starts one that keeps its data in a directory. It saves every five seconds and when it is disposed; killed, it loses
    /// what it had not saved.
    /// </summary>
    public static async Task<AzuriteFixture> Start(string dataDirectory)
    {
        var azurite = new AzuriteFixture(dataDirectory);
        await azurite.InitializeAsync();
        return azurite;
    }

    /// <summary>A name that no other test has and that tables and containers alike may have.</summary>
    public static string UniqueName(string prefix = "t") => $"{prefix}{Guid.NewGuid():N}";

    public ValueTask InitializeAsync() => new(Launch());

    /// <summary>What the current process wrote, a line for each request among it.</summary>
    public IReadOnlyList<string> Lines => _process!.Lines;

    /// <summary>Has it answer nothing until <see cref="Resume"/>, as when the network to storage is gone.</summary>
    public void Pause() => _process!.Pause();

    /// <summary>Lets it answer again.</summary>
    public void Resume() => _process!.Resume();

    /// <summary>Ends the process: connections break and new ones are refused until <see cref="StartAgain"/>. Only one with a directory.</summary>
    public async Task Stop()
    {
        if (_dataDirectory is null)
            throw new InvalidOperationException("This one keeps its data in memory.");

        await _process!.DisposeAsync();
        _process = null;
    }

    /// <summary>Starts another process on the same ports and data.</summary>
    public Task StartAgain() => Launch();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }

    private async Task Launch()
    {
        var script = await AzuriteInstallation.Ensure();
        string[] persistence = _dataDirectory is null ? ["--inMemoryPersistence"] : ["--location", _dataDirectory];
        string[] hosts = ["--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1"];
        string[] ports = ["--blobPort", $"{PortOf(0)}", "--queuePort", $"{PortOf(1)}", "--tablePort", $"{PortOf(2)}"];
        _process = ChildProcess.Start(
            "node",
            ["--require", AzuriteInstallation.ExitWithParent, script, "--skipApiVersionCheck", "--disableTelemetry", .. hosts, .. ports, .. persistence]);

        BlobEndpoint = await WaitForService("Blob");
        QueueEndpoint = await WaitForService("Queue");
        TableEndpoint = await WaitForService("Table");
    }

    private int PortOf(int service) => _ports?[service] ?? 0;

    private async Task<Uri> WaitForService(string service)
    {
        var announcement = $"Azurite {service} service is successfully listening at ";
        var line = await _process!.WaitForLine(l => l.StartsWith(announcement, StringComparison.Ordinal), StartTime);
        return new Uri($"{line[announcement.Length..].Trim().TrimEnd('/')}/{AccountName}");
    }
}
