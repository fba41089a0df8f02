namespace TekSipCloud.Testing.Phones;

/// <summary>The configuration that baresip reads at start.</summary>
internal static class BaresipFiles
{
    /// <summary>Where recordings are, below the phone's folder.</summary>
    public const string Recordings = "rec";

    /// <summary>Which of the phone's ports its control connection has.</summary>
    public const int ControlPort = 2;

    private const int FirstMediaPort = 4;
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(2);

    public static void Write(TestFolder folder, PhoneAccount account, PortBlock ports)
    {
        Directory.CreateDirectory(folder.Combine(Recordings));
        Tone.Write(folder.Combine("tone.wav"), account.Hertz, LongestCall);
        File.WriteAllText(folder.Combine("config"), Config(folder, account, ports));
        File.WriteAllText(folder.Combine("accounts"), Line(account));
        File.WriteAllText(folder.Combine("contacts"), "");
    }

    // The player must be aubridge (aufile only plays into a call), and the interface is given by its address.
    private static string Config(TestFolder folder, PhoneAccount account, PortBlock ports) => $"""
        sip_listen {account.Place.Address}:{ports[0]}
        net_interface {account.Place.Address.Trim('[', ']')}
        {(account.TrustedCertificate is { } file ? $"sip_cafile {file}\nsip_verify_server yes" : "sip_verify_server no")}
        audio_source aufile,{folder.Combine("tone.wav")}
        audio_player aubridge,sink{ports.First}
        audio_alert aubridge,alert{ports.First}
        ausrc_srate 8000
        auplay_srate 8000
        ausrc_channels 1
        auplay_channels 1
        snd_path {folder.Combine(Recordings)}
        rtp_ports {ports[FirstMediaPort]}-{ports.Last}
        rtp_stats yes
        ctrl_tcp_listen {account.Place.ControlAddress}:{ports[ControlPort]}
        module_path /usr/lib/baresip/modules
        module g711.so
        module aufile.so
        module aubridge.so
        module sndfile.so
        {(account.MediaEncryption is null ? "" : "module srtp.so")}
        module_tmp uuid.so
        module_tmp account.so
        module_app contact.so
        module_app menu.so
        module_app ctrl_tcp.so
        module_app debug_cmd.so

        """;

    private static string Line(PhoneAccount account) =>
        $"<sip:{account.Number}@{account.Domain}{(account.HasProxy ? "" : $":{account.ServerPort}")};transport={account.Transport}>"
        + $";auth_user={account.Number};auth_pass={account.Password}"
        + (account.HasProxy ? $";outbound=\"sip:{account.Place.ServerAddress}:{account.ServerPort};transport={account.Transport}\"" : "")
        + $";regint={(account.Registers ? 3600 : 0)};answermode={(account.Answers ? "auto" : "manual")};audio_codecs=pcmu"
        + $"{(account.MediaEncryption is { } encryption ? $";mediaenc={encryption}" : "")}\n";
}
