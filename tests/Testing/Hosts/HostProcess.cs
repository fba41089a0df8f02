namespace TekSipCloud.Testing.Hosts;

/// <summary>
/// The real product as a process of its own on loopback ports of its own, over a real Azurite. It can be killed and started again on the
/// same data. An error in its log fails the test when it is disposed.
/// </summary>
public sealed class HostProcess : IAsyncDisposable
{
    /// <summary>The first account's password.</summary>
    public const string AdminPassword = "correct-horse-battery";

    /// <summary>The default tenant's API password.</summary>
    public const string ApiPassword = "staple-of-the-api";

    /// <summary>The default tenant's domain.</summary>
    public const string Domain = "rig.test";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);
    private readonly AzuriteFixture _azurite;
    private readonly HostOptions _options;
    private readonly TestFolder? _folder;
    private ChildProcess? _process;

    private HostProcess(AzuriteFixture azurite, HostOptions options)
    {
        _azurite = azurite;
        _options = options;
        _folder = options.DataFolder is null ? new TestFolder("host") : null;
        Rest = new RestClient(new Uri($"http://127.0.0.1:{Ports.Http}"));
        TekSip = new TekSipClient(Rest.Address, path: "", ApiPassword);
    }

    /// <summary>Where it listens.</summary>
    public HostPorts Ports { get; } = new();

    /// <summary>The REST API, signed in as operator.</summary>
    public RestClient Rest { get; }

    /// <summary>The TekSIP-compatible API of the default tenant.</summary>
    public TekSipClient TekSip { get; }

    /// <summary>Where it keeps keys, certificates and logs.</summary>
    public string DataFolder => _options.DataFolder ?? _folder!.Path;

    /// <summary>The development certificate, for phones to trust.</summary>
    public string Certificate => Path.Combine(DataFolder, "certificates", "development.pem");

    /// <summary>What the current process wrote to the terminal.</summary>
    public IReadOnlyList<string> Lines => _process!.Lines;

    /// <summary>The process's id.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Starts one and waits until it is ready; signed in when the passwords are known.</summary>
    public static async Task<HostProcess> Start(AzuriteFixture azurite, HostOptions? options = null)
    {
        var host = new HostProcess(azurite, options ?? new());
        try
        {
            await host.Restart();
            return host;
        }
        catch
        {
            await host.EndProcess();
            throw;
        }
    }

    /// <summary>Starts a process that is not expected to become ready.</summary>
    public static ChildProcess Launch(AzuriteFixture azurite, HostOptions options) => new HostProcess(azurite, options).LaunchProcess();

    /// <summary>Starts the product again on the same data and ports.</summary>
    public async Task Restart()
    {
        _process = LaunchProcess();
        await _process.WaitForLine(line => line.Contains("TekSIP Cloud is ready", StringComparison.Ordinal), StartTime);
        if (_options.HasPasswords)
            await Rest.SignIn("admin", AdminPassword);
    }

    /// <summary>Kills the process (SIGKILL); Azurite lives on.</summary>
    public Task Kill() => _process!.Kill();

    /// <summary>Stops it by SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    /// <param name="within">How long that may take; 10 s when null.</param>
    /// <exception cref="TimeoutException">It was not gone within that time.</exception>
    public Task<int> Stop(TimeSpan? within = null)
    {
        _process!.RequestStop();
        return _process.WaitForExit(within ?? StopTime);
    }

    /// <summary>The lines of every log file.</summary>
    public IEnumerable<string> ReadLogs() =>
        Directory.EnumerateFiles(Path.Combine(DataFolder, "logs")).SelectMany(File.ReadLines);

    public async ValueTask DisposeAsync()
    {
        var errors = Lines.Where(line => line.Contains(" ERR ", StringComparison.Ordinal) || line.Contains(" FTL ", StringComparison.Ordinal));
        string[] unexpected = _options.MayLogErrors ? [] : [.. errors];
        await EndProcess();
        Rest.Dispose();
        TekSip.Dispose();
        Ports.Dispose();
        if (unexpected.Length > 0)
            throw new InvalidOperationException($"The host logged errors:\n{string.Join('\n', unexpected)}");
    }

    private async Task EndProcess()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder?.Dispose();
    }

    private ChildProcess LaunchProcess()
    {
        var environment = new Dictionary<string, string?>(_options.Environment)
        {
            ["Storage__ConnectionString"] = _options.ConnectionString ?? _azurite.ConnectionString,
            ["Storage__TablePrefix"] = _options.TablePrefix,
            ["Gateway__Loops"] = "2",
        };
        string[] passwords = _options.HasPasswords ? ["--admin-password", AdminPassword, "--api-password", ApiPassword] : [];
        string[] data = ["--data", DataFolder, "--bind", _options.Bind];
        var settings = _options.ByEnvironment ? Export(environment) : Options();
        string[] product = ["dotnet", Assembly(), .. data, .. settings, .. passwords];
        if (_options.OpenFiles is { } files)
            product = ["sh", "-c", $"ulimit -n {files}; exec \"$0\" \"$@\"", .. product];
        return ChildProcess.Start(product[0], product[1..], environment: environment);
    }

    private string[] Options() =>
    [
        "--http", $"{Ports.Http}", "--https", $"{Ports.Https}", "--sip", $"{Ports.Sip}", "--sips", $"{Ports.Sips}",
        "--rtp", _options.MediaPorts ?? Ports.Rtp, "--domain", Domain,
    ];

    private string[] Export(Dictionary<string, string?> environment)
    {
        environment["Silo__HttpPort"] = $"{Ports.Http}";
        environment["Silo__HttpsPort"] = $"{Ports.Https}";
        environment["Gateway__SipPort"] = $"{Ports.Sip}";
        environment["Gateway__SipsPort"] = $"{Ports.Sips}";
        environment["Gateway__RtpPorts"] = _options.MediaPorts ?? Ports.Rtp;
        environment["Setup__Domain"] = Domain;
        return [];
    }

    /// <summary>The product built in the same configuration as the tests: <c>artifacts/bin/Silo/debug</c> beside <c>…/X.Tests/debug</c>.</summary>
    private static string Assembly()
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var assembly = RepositoryRoot.Combine("artifacts", "bin", "Silo", configuration, "TekSipCloud.Silo.dll");
        return File.Exists(assembly) ? assembly : throw new FileNotFoundException($"The product is not built: {assembly} is missing.");
    }
}
