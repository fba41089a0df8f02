namespace TekSipCloud.Sip.Resolution;

/// <summary>Names as they are asked for: lower case, without a final dot, letters, digits, <c>-</c> and <c>_</c> only.</summary>
internal static class DnsName
{
    /// <summary>Octets of a name on the wire at most, lengths and root included (RFC 1035 §2.3.4).</summary>
    public const int MaxBytes = 255;

    /// <summary>Octets of a label at most (RFC 1035 §2.3.4).</summary>
    public const int MaxLabel = 63;

    /// <summary>Brings a name into its form. False when it is none that a host or service could have.</summary>
    public static bool TryNormalize(string text, out string name)
    {
        name = text.EndsWith('.') ? text[..^1] : text;
        if (name.Length is 0 or > MaxBytes - 2)
            return false;

        foreach (var label in name.AsSpan().Split('.'))
        {
            if (!IsLabel(name.AsSpan()[label]))
                return false;
        }

        name = name.ToLowerInvariant();
        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return label.Length is > 0 and <= MaxLabel;
    }
}
