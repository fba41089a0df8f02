using System.Net;
using System.Text;
using TekSipCloud.Sip.Transports.WebSockets;

namespace TekSipCloud.Sip.Tests.Transports.WebSockets;

/// <summary>A client's frames, as bytes; also such as no client should send.</summary>
internal static class ClientFrames
{
    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] Text(string text, bool isFinal = true) => Frame(WebSocketOpcode.Text, Encoding.UTF8.GetBytes(text), isFinal);

    public static byte[] More(string text, bool isFinal) => Frame(WebSocketOpcode.Continuation, Encoding.UTF8.GetBytes(text), isFinal);

    public static byte[] Binary(byte[] payload, bool isFinal = true) => Frame(WebSocketOpcode.Binary, payload, isFinal);

    public static byte[] Close(ushort code) =>
        Frame(WebSocketOpcode.Close, BitConverter.GetBytes(IPAddress.HostToNetworkOrder((short)code)));

    public static byte[] Frame(WebSocketOpcode opcode, byte[] payload, bool isFinal = true)
    {
        var masked = payload.Select((b, i) => (byte)(b ^ Mask[i % 4]));
        return [.. Head(opcode, payload.Length, isFinal), .. masked];
    }

    /// <summary>What stands before a payload of that length, and nothing of the payload.</summary>
    public static byte[] Head(WebSocketOpcode opcode, int length, bool isFinal = true)
    {
        var head = new byte[16];
        var size = WebSocketHeader.Write(head, opcode, length);
        if (!isFinal)
            head[0] &= 0x7F;
        head[1] |= 0x80;
        return [.. head[..size], .. Mask];
    }
}
