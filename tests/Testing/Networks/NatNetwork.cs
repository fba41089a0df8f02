using System.Globalization;

namespace TekSipCloud.Testing.Networks;

/// <summary>
/// A private network behind a NAT, in network namespaces of its own: a phone's place and a router that masquerades what leaves. The server
/// is outside and knows no way in. Needs root, <c>ip</c> and <c>nft</c>; everything is gone when it is disposed.
/// </summary>
public sealed class NatNetwork : IAsyncDisposable
{
    /// <summary>Where the phone is; nobody outside can send to it.</summary>
    public const string PhoneAddress = "192.168.77.2";

    private const string Prefix = "tskn";
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(20);
    private static int _last;

    private readonly string _name;
    private readonly int _subnet;

    private NatNetwork(int number)
    {
        _name = $"{Prefix}{Environment.ProcessId}x{number}";
        // Addresses for tests of networks (RFC 2544), other ones for every network of every test process.
        _subnet = ((Environment.ProcessId * 8) + number) % 250;
    }

    /// <summary>The server's address towards the NAT.</summary>
    public string ServerAddress => $"198.18.{_subnet}.1";

    /// <summary>The NAT's address: where the server sees the phone.</summary>
    public string OutsideAddress => $"198.18.{_subnet}.2";

    /// <summary>The phone's namespace.</summary>
    public string PhoneNamespace => $"{_name}p";

    /// <summary>The address by which a test commands the phone, beside the NAT.</summary>
    public string ControlAddress => $"198.19.{_subnet}.2";

    private string Router => $"{_name}g";

    /// <summary>Sets one up.</summary>
    /// <param name="isSymmetric">Whether each flow gets a random port outside; else its own where that is free.</param>
    /// <param name="memorySeconds">How long it remembers a flow; as a rule longer than a busy machine's pauses.</param>
    /// <exception cref="NotSupportedException">The machine does not allow it: no root, or a container or kernel without namespaces or NAT.</exception>
    public static async Task<NatNetwork> Create(bool isSymmetric, int memorySeconds = 300)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            throw new NotSupportedException("Network namespaces need root.");

        var network = new NatNetwork(Interlocked.Increment(ref _last) % 8);
        try
        {
            await RemoveLeftovers();
            await network.Connect();
            await network.Translate(isSymmetric, memorySeconds);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keep-alives of two line ends that have passed inwards.</summary>
    public async Task<int> CountKeepAlives()
    {
        var lines = await Run("ip", "netns", "exec", Router, "nft", "list", "counter", "ip", "watch", "pings");
        var words = string.Join(' ', lines).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(words[Array.IndexOf(words, "packets") + 1], CultureInfo.InvariantCulture);
    }

    /// <summary>Flows that the NAT remembers: the ways in.</summary>
    public async Task<int> CountFlows()
    {
        // Reading the list has the kernel drop what is over; by itself it takes up to a minute.
        await TryRun("ip", "netns", "exec", Router, "cat", "/proc/net/nf_conntrack");
        var lines = await Run("ip", "netns", "exec", Router, "cat", "/proc/sys/net/netfilter/nf_conntrack_count");
        return int.Parse(lines[0], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        // A namespace takes its ends of the wires with it, and these their other ends.
        await TryRun("ip", "netns", "del", PhoneNamespace);
        await TryRun("ip", "netns", "del", Router);
    }

    private async Task Connect()
    {
        await Run("ip", "netns", "add", Router);
        await Run("ip", "netns", "add", PhoneNamespace);
        await Wire(null, $"{_name}s", $"{ServerAddress}/30", Router, "wan0", $"{OutsideAddress}/30");
        await Wire(Router, "lan0", "192.168.77.1/24", PhoneNamespace, "phone0", $"{PhoneAddress}/24");
        await Wire(null, $"{_name}m", $"198.19.{_subnet}.1/30", PhoneNamespace, "test0", $"{ControlAddress}/30");
        await Run("ip", "-n", PhoneNamespace, "link", "set", "lo", "up");
        await Run("ip", "-n", PhoneNamespace, "route", "add", "default", "via", "192.168.77.1");
    }

    private async Task Translate(bool isSymmetric, int memorySeconds)
    {
        await Set("net/ipv4/ip_forward", 1);
        await Set("net/netfilter/nf_conntrack_udp_timeout", memorySeconds);
        await Set("net/netfilter/nf_conntrack_udp_timeout_stream", memorySeconds);
        using var folder = new TestFolder("nat");
        var rules = folder.Combine("rules");
        await File.WriteAllTextAsync(rules, Rules(isSymmetric));
        await Run("ip", "netns", "exec", Router, "nft", "-f", rules);
    }

    private Task<IReadOnlyList<string>> Set(string setting, int value) =>
        Run("ip", "netns", "exec", Router, "sh", "-ec", $"echo {value} > /proc/sys/{setting}");

    // A datagram of two line ends is 12 bytes with its header.
    private static string Rules(bool isSymmetric) => $$"""
        table ip nat {
          chain outwards {
            type nat hook postrouting priority srcnat;
            oifname "wan0" masquerade {{(isSymmetric ? "fully-random" : "")}}
          }
        }
        table ip watch {
          counter pings {
          }
          chain inwards {
            type filter hook forward priority 0;
            iifname "wan0" oifname "lan0" udp length 12 counter name pings
          }
        }

        """;

    private static async Task Wire(string? from, string name, string address, string to, string otherName, string otherAddress)
    {
        string[] at = from is null ? [] : ["-n", from];
        await Run("ip", [.. at, "link", "add", name, "type", "veth", "peer", "name", otherName, "netns", to]);
        await Run("ip", [.. at, "addr", "add", address, "dev", name]);
        await Run("ip", [.. at, "link", "set", "dev", name, "up"]);
        await Run("ip", "-n", to, "addr", "add", otherAddress, "dev", otherName);
        await Run("ip", "-n", to, "link", "set", "dev", otherName, "up");
    }

    /// <summary>What test processes left that were killed.</summary>
    private static async Task RemoveLeftovers()
    {
        foreach (var line in await Run("ip", "netns", "list"))
        {
            var name = line.Split(' ')[0];
            var isLeft = name.StartsWith(Prefix, StringComparison.Ordinal)
                && int.TryParse(name[Prefix.Length..].Split('x')[0], CultureInfo.InvariantCulture, out var process)
                && !Directory.Exists($"/proc/{process}");
            if (isLeft)
                await TryRun("ip", "netns", "del", name);
        }
    }

    private static Task<IReadOnlyList<string>> Run(string program, params string[] arguments) => Run(true, program, arguments);

    private static Task<IReadOnlyList<string>> TryRun(string program, params string[] arguments) => Run(false, program, arguments);

    private static async Task<IReadOnlyList<string>> Run(bool mustSucceed, string program, string[] arguments)
    {
        await using var command = ChildProcess.Start(program, arguments);
        var code = await command.WaitForExit(CommandTime);
        return code == 0 || !mustSucceed
            ? command.Lines
            : throw new NotSupportedException($"{program} {string.Join(' ', arguments)}: {code}\n{string.Join('\n', command.Lines)}");
    }
}
