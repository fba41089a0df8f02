namespace TekSipCloud.Testing.Phones;

/// <summary>A real softphone, Linphone's daemon: answers by itself, is commanded by its standard input and plays a tone when told to.</summary>
public sealed class Linphone : IAsyncDisposable
{
    /// <summary>Its TLS compares a certificate's names with what it dials, never the addresses.</summary>
    private const string Server = "localhost";

    private const string LogFile = "log";
    private const string HeardFile = "heard.wav";
    private const string AlsaConfiguration = "/usr/share/alsa/alsa.conf";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(2);

    private readonly PhoneAccount _account;
    private readonly TestFolder _folder;
    private readonly ChildProcess _process;
    private readonly PortBlock _ports;

    private Linphone(PhoneAccount account, TestFolder folder, PortBlock ports, ChildProcess process)
    {
        _account = account;
        _folder = folder;
        _process = process;
        _ports = ports;
    }

    private string Loudspeakers => _folder.Combine(HeardFile);

    /// <summary>Everything it wrote.</summary>
    public IReadOnlyList<string> Trace => _process.Lines;

    /// <summary>How many packets it could not open with the key that it was told, by its own log.</summary>
    /// <param name="areReports">Whether of RTCP rather than of RTP.</param>
    public int CountUnopened(bool areReports)
    {
        using var log = new StreamReader(new FileStream(_folder.Combine(LogFile), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd().Split(areReports ? "srtp_unprotect_rtcp() failed" : "srtp_unprotect() failed", StringSplitOptions.None).Length - 1;
    }

    /// <summary>Starts one and waits until it is registered.</summary>
    public static async Task<Linphone> Start(PhoneAccount account)
    {
        var program = Installed.Demand("linphone-daemon", "linphone-cli");
        var folder = new TestFolder("linphone");
        var ports = PortBlock.Take(8);
        // Without a folder for its database it starts and does nothing.
        Directory.CreateDirectory(folder.Combine(".local", "share", "linphone"));
        Directory.CreateDirectory(folder.Combine(".config", "linphone"));
        await File.WriteAllTextAsync(folder.Combine("rc"), Configuration(account, ports));
        await File.WriteAllTextAsync(folder.Combine("loudspeaker"), Loudspeaker(folder.Combine(HeardFile)));
        Tone.Write(folder.Combine("tone.wav"), account.Hertz, LongestCall);
        var process = ChildProcess.Start(
            "stdbuf", ["-oL", program, "--config", folder.Combine("rc"), "--auto-answer", "--disable-stats-events", "--log", folder.Combine(LogFile)],
            environment: new Dictionary<string, string?> { ["HOME"] = folder.Path, ["ALSA_CONFIG_PATH"] = $"{AlsaConfiguration}:{folder.Combine("loudspeaker")}" });
        var phone = new Linphone(account, folder, ports, process);
        try
        {
            await phone.AwaitRegistration();
            return phone;
        }
        catch
        {
            await phone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a number of its own domain.</summary>
    public void Dial(string number) => _process.WriteLine($"call sip:{number}@{_account.Domain}");

    /// <summary>Sends a message to a number of its own domain (RFC 3428).</summary>
    public void Write(string number, string text) => _process.WriteLine($"message sip:{number}@{_account.Domain} {text}");

    /// <summary>Presses a key of its keypad in its call; while it plays, since its keys go the way of its sound.</summary>
    public void Press(char key) => _process.WriteLine($"dtmf {key}");

    /// <summary>Speaks G.711 alone from now on, the codec in which music is heard.</summary>
    public void UseG711Alone()
    {
        _process.WriteLine("audio-codec-disable ALL");
        _process.WriteLine("audio-codec-enable PCMU/8000/1");
    }

    /// <summary>Puts its first call on hold.</summary>
    public void Pause() => _process.WriteLine("call-pause 1");

    /// <summary>Takes it back.</summary>
    public void Resume() => _process.WriteLine("call-resume 1");

    /// <summary>Waits until the other party of a call of its own is on hold.</summary>
    public Task AwaitPause() => AwaitStates("LinphoneCallPaused", 1);

    /// <summary>Has the party of one of its calls connected with that of another one (REFER with Replaces).</summary>
    /// <param name="call">The number of the one call, from 1 on.</param>
    /// <param name="other">That of the other.</param>
    public void Transfer(int call, int other) => _process.WriteLine($"call-transfer {call} {other}");

    /// <summary>Waits until so many of its calls are over.</summary>
    public Task AwaitEnd(int calls) => AwaitStates("LinphoneCallEnd", calls);

    /// <summary>Ends its call.</summary>
    public void HangUp() => _process.WriteLine("terminate");

    /// <summary>Waits until sound flows in a call; before that it plays nothing.</summary>
    /// <param name="calls">How many calls it has had, this one included.</param>
    public Task AwaitSound(int calls = 1) => Poll.UntilSeen(
        "Linphone's streams run", () => Trace.Count(line => line.Contains("LinphoneCallStreamsRunning", StringComparison.Ordinal)), seen => seen >= calls, Patience);

    /// <summary>Plays its tone into the call.</summary>
    public void Play() => _process.WriteLine($"incall-player-start {_folder.Combine("tone.wav")}");

    /// <summary>Waits until it has played a tone for so long, in its latest call.</summary>
    public Task<TimeSpan> AwaitTone(int hertz, TimeSpan duration) => Poll.UntilSeen(
        $"{_account.Number} hears {hertz} Hz for {duration}", () => Heard(hertz), heard => heard >= duration, duration + Patience);

    /// <summary>Waits until it has played a piece of music for so long, in its latest call.</summary>
    public Task<TimeSpan> AwaitMelody(Melody melody, TimeSpan duration) => Poll.UntilSeen(
        $"{_account.Number} hears the music for {duration}", () => Heard(melody), heard => heard >= duration, duration + Patience);

    /// <summary>For how long it has played a tone.</summary>
    public TimeSpan Heard(int hertz) => File.Exists(Loudspeakers) ? Tone.Measure(Loudspeakers, hertz) : TimeSpan.Zero;

    /// <summary>For how long it has played a piece of music.</summary>
    public TimeSpan Heard(Melody melody) => File.Exists(Loudspeakers) ? melody.Measure(Loudspeakers) : TimeSpan.Zero;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _ports.Dispose();
        _folder.Dispose();
    }

    private Task<int> AwaitStates(string state, int times) => Poll.UntilSeen(
        $"Linphone's calls are {state}", () => Trace.Count(line => line.Contains(state, StringComparison.Ordinal)), seen => seen >= times, Patience);

    private async Task AwaitRegistration()
    {
        await Poll.UntilSeen("Linphone is registered", Ask, isRegistered => isRegistered, Patience);

        bool Ask()
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"Linphone ended:\n{string.Join('\n', Trace)}");
            _process.WriteLine("register-status ALL");
            return Trace.Any(line => line.Contains("LinphoneRegistrationOk", StringComparison.Ordinal));
        }
    }

    // What it plays goes to a file as fast as it is played; it has no microphone.
    private static string Loudspeaker(string file) => $$"""
        pcm.!default {
          type asym
          playback.pcm { type plug slave { pcm "heard" format S16_LE rate 8000 channels 1 } }
          capture.pcm "none"
        }
        pcm.heard { type file slave.pcm { type null } file "{{file}}" format "wav" }

        """;

    private static bool IsIpv6(PhoneAccount account) => account.Place.Address.StartsWith('[');

    private static string ServerOf(PhoneAccount account) => IsIpv6(account) ? account.Place.ServerAddress : Server;

    private static string Configuration(PhoneAccount account, PortBlock ports) => $"""
        [sip]
        default_proxy=0
        sip_port={(account.Transport == "udp" ? ports[0] : 0)}
        sip_tcp_port={(account.Transport == "tcp" ? ports[0] : 0)}
        sip_tls_port={(account.Transport == "tls" ? ports[0] : 0)}
        {(account.TrustedCertificate is { } file ? $"verify_server_certs=1\nverify_server_cn=1\nroot_ca={file}" : "verify_server_certs=0\nverify_server_cn=0")}
        {(account.SrtpSuites is { } suites ? $"media_encryption=srtp\nmedia_encryption_mandatory=1\nsrtp_crypto_suites={suites}" : "media_encryption=none")}
        guess_hostname=1
        use_ipv6={(IsIpv6(account) ? 1 : 0)}

        [rtp]
        audio_rtp_port={ports[2]}

        [net]
        mtu=0

        [proxy_0]
        reg_proxy=<sip:{ServerOf(account)}:{account.ServerPort};transport={account.Transport}>
        reg_route=<sip:{ServerOf(account)}:{account.ServerPort};transport={account.Transport};lr>
        reg_identity=sip:{account.Number}@{account.Domain}
        reg_expires=3600
        reg_sendregister=1
        publish=0

        [auth_info_0]
        username={account.Number}
        passwd={account.Password}
        domain={account.Domain}

        """;
}
