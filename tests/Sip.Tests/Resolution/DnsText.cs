using System.Buffers.Binary;
using System.Text;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>Writes DNS messages as a server would, byte by byte, independently of the product's code.</summary>
internal static class DnsText
{
    public static byte[] Name(string name)
    {
        var bytes = new List<byte>();
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
            bytes.AddRange([(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]);
        return [.. bytes, 0];
    }

    public static byte[] Number(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] Question(string name, int type) => [.. Name(name), .. Number(type), .. Number(1)];

    public static byte[] Record(byte[] name, int type, uint ttl, byte[] body) =>
        [.. name, .. Number(type), .. Number(1), .. Number((int)(ttl >> 16)), .. Number((int)(ttl & 0xFFFF)), .. Number(body.Length), .. body];

    public static byte[] Srv(int priority, int weight, int port, string target) =>
        [.. Number(priority), .. Number(weight), .. Number(port), .. Name(target)];

    public static byte[] Soa(uint minimum) =>
        [.. Name("ns.test"), .. Name("host.test"), .. new byte[16], .. Number((int)(minimum >> 16)), .. Number((int)(minimum & 0xFFFF))];

    public static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    public static byte[] Message(int flags, byte[] question, byte[][] answers, byte[][]? authorities = null, int id = 1) =>
    [
        .. Number(id), .. Number(flags), .. Number(question.Length > 0 ? 1 : 0), .. Number(answers.Length), .. Number(authorities?.Length ?? 0),
        .. Number(0), .. question, .. answers.SelectMany(a => a), .. (authorities ?? []).SelectMany(a => a),
    ];
}
