using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace TekSipCloud.Storage.Rows;

/// <summary>
/// Writes values as <see cref="JsonColumns.Format"/> writes them. Names and punctuation are given as they are, so that a row of thirty values is
/// hardly more than its copies.
/// </summary>
internal ref struct JsonText(IBufferWriter<byte> output)
{
    private const int UsualRoom = 1024;
    private const int MostOctetsPerChar = 3;
    private const int MostEscapedPerOctet = 6;
    private const int LongestNumber = 32;

    private Span<byte> _room;
    private int _used;
    private MomentText _moments = new();

    /// <summary>JSON as it stands.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        _used += json.Length;
    }

    /// <summary>A text in quotes.</summary>
    public void Value(ReadOnlySpan<byte> before, string text)
    {
        var room = Reserve(before.Length + text.Length + 2);
        before.CopyTo(room);
        room = room[before.Length..];
        if (!PlainText.TryCopy(text, room[1..]))
        {
            WriteEscaped(before, text);
            return;
        }

        room[0] = (byte)'"';
        room[text.Length + 1] = (byte)'"';
        _used += before.Length + text.Length + 2;
    }

    /// <summary>A moment in quotes: ISO 8601, without zeros at the end of its second.</summary>
    public void Value(ReadOnlySpan<byte> before, DateTimeOffset moment)
    {
        var room = Reserve(before.Length + MomentText.MaxLength + 2);
        before.CopyTo(room);
        room = room[before.Length..];
        room[0] = (byte)'"';
        var length = _moments.Write(moment, room[1..]);
        room[length + 1] = (byte)'"';
        _used += before.Length + length + 2;
    }

    public void Value(ReadOnlySpan<byte> before, Guid id)
    {
        Raw(before);
        var room = Reserve(LongestNumber + 6);
        room[0] = (byte)'"';
        id.TryFormat(room[1..], out var length);
        room[length + 1] = (byte)'"';
        _used += length + 2;
    }

    public void Value(ReadOnlySpan<byte> before, long number)
    {
        var room = Reserve(before.Length + LongestNumber);
        before.CopyTo(room);
        Utf8Formatter.TryFormat(number, room[before.Length..], out var length);
        _used += before.Length + length;
    }

    /// <summary>A number; one that JSON has none for is 0.</summary>
    public void Value(ReadOnlySpan<byte> before, double number)
    {
        // Most are: nothing was lost, nothing came late.
        if (BitConverter.DoubleToInt64Bits(number) == 0)
        {
            Value(before, 0L);
            return;
        }

        Raw(before);
        Utf8Formatter.TryFormat(double.IsFinite(number) ? number : 0, Reserve(LongestNumber), out var length);
        _used += length;
    }

    /// <summary>Hands over what is written: nothing is there before.</summary>
    public void Flush()
    {
        output.Advance(_used);
        _room = default;
        _used = 0;
    }

    private void WriteEscaped(ReadOnlySpan<byte> before, string text)
    {
        Raw(before);
        var most = text.Length * MostOctetsPerChar;
        var room = Reserve((most * (1 + MostEscapedPerOctet)) + 2);
        var plain = room[^most..];
        Utf8.FromUtf16(text, plain, out _, out var length);
        room[0] = (byte)'"';
        JavaScriptEncoder.Default.EncodeUtf8(plain[..length], room[1..^most], out _, out var escaped);
        room[escaped + 1] = (byte)'"';
        _used += escaped + 2;
    }

    private Span<byte> Reserve(int octets)
    {
        if (_room.Length - _used < octets)
        {
            Flush();
            _room = output.GetSpan(Math.Max(octets, UsualRoom));
        }

        return _room[_used..];
    }
}
