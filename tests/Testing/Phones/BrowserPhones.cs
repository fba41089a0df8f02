using Xunit;

namespace TekSipCloud.Testing.Phones;

/// <summary>A headless Chromium in which softphones run, each in a page of its own; shared by the tests of a class.</summary>
public sealed class BrowserPhones : IAsyncLifetime
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly NpmFolder Packages = new("browser-phones", Path.Combine("node_modules", "playwright-core", "index.js"));
    private ChildProcess? _process;
    private int _phones;

    internal ChildProcess Process => _process!;

    public async ValueTask InitializeAsync()
    {
        var chromium = Installed.Demand("chromium", "chromium");
        await Packages.Ensure();
        _process = ChildProcess.Start(
            "node", ["phones.mjs"], Packages.Folder, new Dictionary<string, string?> { ["CHROMIUM"] = chromium });
        await _process.WaitForLine(line => line.Contains("\"ready\"", StringComparison.Ordinal), StartTime);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }

    /// <summary>Opens a page with a phone, which connects and registers.</summary>
    /// <param name="library">What the phone is made with: <c>jssip</c> or <c>sipjs</c>.</param>
    /// <param name="server">The WebSocket's address.</param>
    /// <param name="account">Number, password, domain and the tone that is its microphone; the rest means nothing here.</param>
    /// <param name="host">The host that the page is of, by name or address of this machine.</param>
    public BrowserPhone Open(string library, Uri server, PhoneAccount account, string host = "127.0.0.1")
    {
        var phone = new BrowserPhone(Process, $"{library}-{Interlocked.Increment(ref _phones)}", account);
        phone.Do("open", new
        {
            library,
            host,
            server,
            uri = $"sip:{account.Number}@{account.Domain}",
            user = account.Number,
            password = account.Password,
            hertz = account.Hertz,
        });
        return phone;
    }
}
