using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway;

/// <summary>Header values that are kept for people, such as User-Agent: whatever a phone sends, lists and books stay readable.</summary>
internal static class HeaderText
{
    private const int MaxBytes = 200;

    /// <summary>The header's first value, cut to what a list shows; empty when there is none.</summary>
    public static string Of(SipMessage message, SipHeaderName name) =>
        message.TryGet(name, out var value) ? Readable(value[..Math.Min(value.Length, MaxBytes)]) : "";

    /// <summary>Text without control characters: quoted pairs and escapes can hold line ends, and lists, logs and files have lines.</summary>
    public static string Readable(ReadOnlySpan<byte> text)
    {
        var read = SharedText.Of(text);
        return read.AsSpan().ContainsAnyInRange('\0', '\u001f') || read.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
            ? string.Create(read.Length, read, static (clean, dirty) =>
            {
                for (var index = 0; index < dirty.Length; index++)
                    clean[index] = char.IsControl(dirty[index]) ? '\uFFFD' : dirty[index];
            })
            : read;
    }
}
