using System.Net.NetworkInformation;

namespace TekSipCloud.Testing.Phones;

/// <summary>A run of sipp with a scenario file.</summary>
public sealed class Sipp : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);
    private readonly TestFolder _folder;
    private readonly ChildProcess _process;
    private readonly TlsTunnel? _tunnel;
    private readonly PortBlock _ports;

    private Sipp(TestFolder folder, ChildProcess process, TlsTunnel? tunnel, PortBlock ports)
    {
        _folder = folder;
        _process = process;
        _tunnel = tunnel;
        _ports = ports;
    }

    /// <summary>Its SIP port.</summary>
    public int Port => _ports.First;

    /// <summary>Starts it and waits until its port is open.</summary>
    public static async Task<Sipp> Start(SippOptions options)
    {
        var program = Installed.Demand("sipp", "sip-tester");
        var folder = new TestFolder("sipp");
        var ports = PortBlock.Take(8);
        var tunnel = options.Transport == "tls" ? await TlsTunnel.Start(ServerOf(options), options.ServerPort) : null;
        var process = ChildProcess.Start(program, Arguments(options, folder, ports, tunnel?.Port ?? options.ServerPort), folder.Path);
        var sipp = new Sipp(folder, process, tunnel, ports);
        try
        {
            await Poll.UntilSeen("sipp opens its port", () => process.HasExited || options.Transport != "udp" || IsOpen(ports[0]), isOpen => isOpen, StartTime);
            return sipp;
        }
        catch
        {
            await sipp.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<SippFigures> Run(SippOptions options, TimeSpan within)
    {
        await using var sipp = await Start(options);
        return await sipp.Finish(within);
    }

    /// <summary>Waits until every call is over.</summary>
    /// <exception cref="InvalidOperationException">A call failed; the message has sipp's own words.</exception>
    public async Task<SippFigures> Finish(TimeSpan within)
    {
        var code = await _process.WaitForExit(within);
        if (code == 0)
            return SippFigures.Read(_folder.Combine("figures.csv"));

        var errors = File.Exists(_folder.Combine("errors.log")) ? File.ReadLines(_folder.Combine("errors.log")).Take(40) : _process.Lines;
        throw new InvalidOperationException($"sipp ended with {code}:\n{string.Join('\n', errors)}");
    }

    /// <summary>Every message sent and received so far, as text.</summary>
    public string ReadMessages() => File.ReadAllText(_folder.Combine("messages.log"));

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        if (_tunnel is not null)
            await _tunnel.DisposeAsync();
        _ports.Dispose();
        _folder.Dispose();
    }

    private static List<string> Arguments(SippOptions options, TestFolder folder, PortBlock ports, int serverPort)
    {
        List<string> arguments =
        [
            "-sf", ScenarioOf(options, folder), "-m", $"{options.Calls}", "-r", $"{options.Rate}", "-l", $"{options.AtATime}", "-s", options.Service,
            "-i", options.Address, "-p", $"{ports[0]}", "-mi", options.Address, "-mp", $"{ports[4]}", "-t", options.Transport == "udp" ? "u1" : "t1", "-nostdin",
            "-d", $"{options.Pause.TotalMilliseconds:F0}",
            "-trace_stat", "-stf", "figures.csv", "-fd", "1",
            "-trace_err", "-error_file", "errors.log",
            "-trace_msg", "-message_file", "messages.log",
        ];
        if (options.DigestUri is { } uri)
            arguments.AddRange(["-auth_uri", uri]);
        foreach (var (key, value) in options.Keys)
            arguments.AddRange(["-key", key, value]);
        if (options.Lines.Count > 0)
        {
            File.WriteAllLines(folder.Combine("lines.csv"), ["SEQUENTIAL", .. options.Lines]);
            arguments.AddRange(["-inf", folder.Combine("lines.csv")]);
        }

        arguments.Add($"{ServerOf(options)}:{serverPort}");
        return arguments;
    }

    private static string ServerOf(SippOptions options) =>
        options.Address.Contains(':', StringComparison.Ordinal) ? $"[{options.Address}]" : "127.0.0.1";

    /// <summary>The scenario; by TLS one that says so, since sipp knows only of its own TCP.</summary>
    private static string ScenarioOf(SippOptions options, TestFolder folder)
    {
        if (options.Transport != "tls")
            return options.Scenario;

        var file = folder.Combine("scenario.xml");
        File.WriteAllText(file, File.ReadAllText(options.Scenario).Replace("[transport]", "TLS", StringComparison.Ordinal));
        return file;
    }

    private static bool IsOpen(int port) =>
        Array.Exists(IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners(), listener => listener.Port == port);
}
