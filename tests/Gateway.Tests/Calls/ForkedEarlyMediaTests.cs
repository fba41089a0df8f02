using System.Net;
using System.Net.Sockets;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>One device plays early media and another one answers (RFC 3261 §13.3.1.1, RFC 6337 §3.1.1): what the caller is told, and whom it hears.</summary>
public sealed class ForkedEarlyMediaTests : GatewayTest
{
    private const string Loopback = "127.0.0.1";
    private const byte Pcmu = 0;
    private const byte Pcma = 8;

    [Fact]
    public async Task S9_where_both_speak_the_same_codecs_the_answer_is_the_early_one_to_the_letter_and_the_caller_hears_who_answered()
    {
        using var ears = new Ears();
        using var desk = new Ears();
        using var mobile = new Ears();
        var (call, atDesk, atMobile) = Forked(ears);
        var (toDesk, toMobile) = (Sdp.PortOf(atDesk.LastSdp), Sdp.PortOf(atMobile.LastSdp));
        atDesk.Sends(183, Sdp.Of(Loopback, desk.Port, codecs: "0 101"));
        call.Gets(183);
        var early = call.LastSdp;
        await Hears(ears, desk, toDesk, Pcmu);

        Answer(call, atMobile, Sdp.Of(Loopback, mobile.Port, codecs: "0 101"));

        Assert.Equal(early, call.LastSdp);
        await Hears(ears, mobile, toMobile, Pcmu);
        Assert.False(ears.HearsAny(() => desk.Sends(toDesk, Pcmu), times: 5));
        End(call, atDesk, atMobile);
    }

    [Fact]
    public async Task Where_the_codecs_differ_the_answer_says_so_as_a_new_version_and_the_caller_hears_who_answered_by_its_codec()
    {
        using var ears = new Ears();
        using var desk = new Ears();
        using var mobile = new Ears();
        var (call, atDesk, atMobile) = Forked(ears);
        var (toDesk, toMobile) = (Sdp.PortOf(atDesk.LastSdp), Sdp.PortOf(atMobile.LastSdp));
        atDesk.Sends(183, Sdp.Of(Loopback, desk.Port, codecs: "0 101"));
        call.Gets(183);
        var early = call.LastSdp;
        await Hears(ears, desk, toDesk, Pcmu);

        Answer(call, atMobile, Sdp.Of(Loopback, mobile.Port, codecs: "8 101"));

        // The port that it hears us at stays; RFC 3264 §8: what was changed has another version.
        Assert.Equal(Sdp.PortOf(early), Sdp.PortOf(call.LastSdp));
        Assert.Contains(" RTP/AVP 0 101\r\n", early, StringComparison.Ordinal);
        Assert.Contains(" RTP/AVP 8 101\r\n", call.LastSdp, StringComparison.Ordinal);
        Assert.Equal(("1", "2"), (VersionOf(early), VersionOf(call.LastSdp)));
        await Hears(ears, mobile, toMobile, Pcma);
        Assert.False(ears.HearsAny(() => desk.Sends(toDesk, Pcmu), times: 5));
        var progress = Script.LastCall.ReadProgress();
        Assert.Equal(("PCMA", "PCMA"), (progress.CallerMedia!.Codec, progress.CalleeMedia!.Codec));
        End(call, atDesk, atMobile);
    }

    private (PhoneCall Caller, PhoneCall Desk, PhoneCall Mobile) Forked(Ears ears)
    {
        var alice = Script.Registered("101", remote: "127.0.0.1:5070");
        var desk = Script.Registered("102", remote: "127.0.0.1:5071");
        var mobile = Script.Registered("102", remote: "127.0.0.1:5072");
        var call = alice.Invites("102", Sdp.Of(Loopback, ears.Port));
        return (call, desk.GetsCall(), mobile.GetsCall());
    }

    /// <summary>Until a packet that the party sends reaches the caller's ears, by that payload type; what others sent before may still come.</summary>
    private static async Task Hears(Ears ears, Ears party, int port, byte format)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            party.Sends(port, format);
            if (ears.Take(out var heard, out var speaker) && speaker == party.Mark)
            {
                Assert.Equal(format, heard);
                return;
            }

            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static void End(PhoneCall call, PhoneCall desk, PhoneCall mobile)
    {
        desk.Gets("CANCEL");
        desk.Sends(200, to: "CANCEL");
        desk.Sends(487);
        desk.Gets("ACK");
        call.HangsUp();
        mobile.GetsBye();
    }

    private static string VersionOf(string sdp) => Array.Find(sdp.Split("\r\n"), line => line.StartsWith("o=", StringComparison.Ordinal))!.Split(' ')[2];

    /// <summary>A phone's audio port.</summary>
    private sealed class Ears : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private static int _marks;
        private ushort _sequence;

        public Ears() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        /// <summary>Ends each of its packets.</summary>
        public byte Mark { get; } = (byte)Interlocked.Increment(ref _marks);

        public void Sends(int port, byte format)
        {
            var packet = new byte[172];
            (packet[0], packet[1]) = (0x80, format);
            (packet[2], packet[3]) = ((byte)(_sequence >> 8), (byte)_sequence++);
            packet[11] = packet[^1] = Mark;
            _socket.SendTo(packet, new IPEndPoint(IPAddress.Parse(ScriptServices.Address), port));
        }

        /// <summary>What came: the payload type of the next packet of RTP, and who speaks in it.</summary>
        public bool Take(out byte format, out byte speaker)
        {
            var packet = new byte[2048];
            format = speaker = 0;
            if (!_socket.Poll(TimeSpan.FromMilliseconds(5), SelectMode.SelectRead))
                return false;

            var length = _socket.Receive(packet);
            (format, speaker) = ((byte)(packet[1] & 0x7f), packet[length - 1]);
            return true;
        }

        /// <summary>Whether anything comes of what somebody does, once what came before is taken.</summary>
        public bool HearsAny(Action somebody, int times)
        {
            while (Take(out _, out _))
            {
            }

            for (var i = 0; i < times; i++)
            {
                somebody();
                if (Take(out _, out _))
                    return true;
            }

            return false;
        }

        public void Dispose() => _socket.Dispose();
    }
}
