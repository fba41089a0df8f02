using System.Net;
using System.Text.Json;

namespace TekSipCloud.Testing.Phones;

/// <summary>
/// A real softphone, baresip: plays a tone into its calls and records what it hears. Commanded over its control connection, which also
/// tells its events. Its SIP trace is in <see cref="Trace"/>.
/// </summary>
public sealed class Baresip : IAsyncDisposable
{
    private const int ShownLines = 80;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EventTime = TimeSpan.FromSeconds(30);
    private readonly TestFolder _folder;
    private readonly ChildProcess _process;
    private readonly BaresipControl _control;
    private readonly PortBlock _ports;

    private Baresip(PhoneAccount account, TestFolder folder, PortBlock ports, ChildProcess process, BaresipControl control)
    {
        Account = account;
        _folder = folder;
        _process = process;
        _control = control;
        _ports = ports;
    }

    /// <summary>What it was started with.</summary>
    public PhoneAccount Account { get; }

    /// <summary>Its SIP port.</summary>
    public int Port => _ports[0];

    /// <summary>Everything it wrote, every SIP message sent and received among it.</summary>
    public IReadOnlyList<string> Trace => _process.Lines;

    /// <summary>Starts one and waits until it is registered.</summary>
    public static async Task<Baresip> Start(PhoneAccount account)
    {
        var phone = await Launch(account);
        try
        {
            await phone.AwaitLine("200 OK () [1 binding]");
            return phone;
        }
        catch
        {
            await phone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one, whatever its registration comes to.</summary>
    public static async Task<Baresip> Launch(PhoneAccount account)
    {
        var program = Installed.Demand("baresip", "baresip-core");
        var folder = new TestFolder("baresip");
        var ports = PortBlock.Take(24);
        BaresipFiles.Write(folder, account, ports);

        // Else its SIP trace would come in blocks.
        string[] command = [.. Enter(account.Place), "stdbuf", "-oL", "-eL", program, "-f", folder.Path, "-s", "-v"];
        var process = ChildProcess.Start(command[0], command[1..]);
        try
        {
            var control = await BaresipControl.Connect(
                new(IPAddress.Parse(account.Place.ControlAddress), ports[BaresipFiles.ControlPort]), StartTime);
            return new Baresip(account, folder, ports, process, control);
        }
        catch
        {
            await process.DisposeAsync();
            ports.Dispose();
            folder.Dispose();
            throw;
        }
    }

    private static string[] Enter(PhonePlace place) => place.Namespace is { } name ? ["ip", "netns", "exec", name] : [];

    /// <summary>Calls a number of its own domain.</summary>
    public Task Dial(string number) => DialAddress($"{number}@{Account.Domain}");

    /// <summary>Calls an address, such as <c>1002@example.org</c>.</summary>
    public Task DialAddress(string address) => _control.Run("dial", $"sip:{address}");

    /// <summary>Asks a number of its own domain what it can (RFC 3261 §11).</summary>
    public Task Ask(string number) => _control.Run("options", $"sip:{number}@{Account.Domain}");

    /// <summary>Answers the call that comes in.</summary>
    public Task Accept() => _control.Run("accept");

    /// <summary>Ends, refuses or gives up its call.</summary>
    public Task HangUp() => _control.Run("hangup");

    /// <summary>Presses a key of its keypad in its call (RFC 4733).</summary>
    public Task Press(char key) => _control.Run("sndcode", $"{key}");

    /// <summary>Waits for keys pressed at the other end, one after the other.</summary>
    public async Task AwaitKeys(string keys)
    {
        foreach (var key in keys)
        {
            var heard = (await Await("CALL_DTMF_START")).GetProperty("param").GetString();
            if (heard != $"{key}")
                throw new InvalidOperationException($"{Account.Number} heard the key {heard} for {key}.");
        }
    }

    /// <summary>Has the other party of its call connected with a number of its own domain (REFER).</summary>
    public Task Transfer(string number) => _control.Run("transfer", $"sip:{number}@{Account.Domain}");

    /// <summary>Puts its call on hold.</summary>
    public Task Hold() => _control.Run("hold");

    /// <summary>Takes its call back.</summary>
    public Task Resume() => _control.Run("resume");

    /// <summary>The next event of a kind that was not awaited yet, such as <c>CALL_ESTABLISHED</c>.</summary>
    /// <exception cref="TimeoutException">It did not come; the message has the end of the trace.</exception>
    public async Task<JsonElement> Await(string type)
    {
        try
        {
            return await _control.Await(type, EventTime);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{Account.Number}: {e.Message}\n{string.Join('\n', Trace.TakeLast(ShownLines))}", e);
        }
    }

    /// <summary>A line of the trace that has this text, written already or soon.</summary>
    public Task<string> AwaitLine(string text) =>
        _process.WaitForLine(line => line.Contains(text, StringComparison.Ordinal), EventTime);

    /// <summary>A line that has this text and was written after the trace had so many lines.</summary>
    public Task<string?> AwaitLineAfter(int lines, string text) => Poll.UntilSeen(
        text, () => Trace.Skip(lines).FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)), line => line is not null, EventTime);

    /// <summary>Waits for two reports in a row (RTCP, every five seconds) between which audio was received.</summary>
    public async Task AwaitAudio()
    {
        var before = await AwaitReceivedPackets();
        var after = await AwaitReceivedPackets();
        while (after <= before)
            (before, after) = (after, await AwaitReceivedPackets());
    }

    /// <summary>Waits until it has heard a tone for so long, in all.</summary>
    public Task<TimeSpan> AwaitTone(int hertz, TimeSpan duration) => Poll.UntilSeen(
        $"{Account.Number} hears {hertz} Hz for {duration}", () => Heard(hertz), heard => heard >= duration, duration + EventTime);

    /// <summary>For how long it has heard a tone in its latest call.</summary>
    public TimeSpan Heard(int hertz) => FindRecording() is { } recording ? Tone.Measure(recording, hertz) : TimeSpan.Zero;

    /// <summary>Waits until it has heard a piece of music for so long.</summary>
    public Task<TimeSpan> AwaitMelody(Melody melody, TimeSpan duration) => Poll.UntilSeen(
        $"{Account.Number} hears the music for {duration}",
        () => FindRecording() is { } recording ? melody.Measure(recording) : TimeSpan.Zero, heard => heard >= duration, duration + EventTime);

    /// <summary>The loudest sample it has heard in its latest call, of 32,767.</summary>
    /// <exception cref="InvalidOperationException">It has heard nothing at all, not even silence.</exception>
    public int Loudest() => Tone.Loudest(FindRecording() ?? throw new InvalidOperationException($"{Account.Number} was sent nothing."));

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _process.DisposeAsync();
        _ports.Dispose();
        _folder.Dispose();
    }

    private string? FindRecording() =>
        Directory.GetFiles(_folder.Combine(BaresipFiles.Recordings), "*-dec.wav").Max(StringComparer.Ordinal);

    private async Task<long> AwaitReceivedPackets()
    {
        var report = await _control.Await("CALL_RTCP", EventTime);
        return report.GetProperty("rtcp_stats").GetProperty("rx").GetProperty("sent").GetInt64();
    }
}
