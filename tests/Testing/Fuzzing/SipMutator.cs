using System.Text;

namespace TekSipCloud.Testing.Fuzzing;

/// <summary>Changes messages as somebody does who knows SIP and means no good.</summary>
/// <param name="corpus">What the changes begin with.</param>
public sealed class SipMutator(IReadOnlyList<byte[]> corpus)
{
    /// <summary>No case is longer: above it everything is refused by its size alone.</summary>
    private const int MaxBytes = 80_000;

    /// <summary>One message with a few changes.</summary>
    public byte[] Next(Random random) => Change(random, corpus[random.Next(corpus.Count)]);

    /// <summary>A given message with a few changes.</summary>
    public byte[] Change(Random random, byte[] message)
    {
        var text = Encoding.Latin1.GetString(message);
        for (var change = random.Next(1, 5); change > 0; change--)
            text = ChangeOnce(random, text);

        return Encoding.Latin1.GetBytes(text.Length > MaxBytes ? text[..MaxBytes] : text);
    }

    private string ChangeOnce(Random random, string text) => random.Next(16) switch
    {
        0 => Replace(random, text, 1, $"{(char)random.Next(256)}"),
        1 or 2 => Insert(random, text, SipTokens.Delimiter(random)),
        3 => Replace(random, text, random.Next(1, 20), ""),
        4 => Insert(random, text, "\r\n "),
        5 => ChangeNumber(random, text),
        6 => ChangeNumber(random, text),
        7 => text[..random.Next(text.Length + 1)],
        8 => Repeat(random, text),
        9 => Join(random, text),
        10 => text + SipTokens.Delimiter(random) + Other(random),
        11 => ChangeLines(random, text, static (lines, at, _) => lines.Insert(at, lines[at])),
        12 => ChangeLines(random, text, static (lines, at, _) => lines.RemoveAt(at)),
        13 => ChangeLines(random, text, (lines, at, source) => lines.Insert(at, LineOf(source, Other(source)))),
        14 => ChangeLines(random, text, static (lines, at, source) => lines[at] = SipTokens.Rename(source, lines[at])),
        _ => ChangeLines(random, text, static (lines, at, source) => lines[at] = SipTokens.Revalue(source, lines[at])),
    };

    private string Other(Random random) => Encoding.Latin1.GetString(corpus[random.Next(corpus.Count)]);

    private static string LineOf(Random random, string message)
    {
        var lines = message.Split("\r\n");
        return lines[random.Next(lines.Length)];
    }

    private static string Insert(Random random, string text, string what) => text.Insert(random.Next(text.Length + 1), what);

    private static string Replace(Random random, string text, int length, string with)
    {
        if (text.Length == 0)
            return with;

        var at = random.Next(text.Length);
        return string.Concat(text.AsSpan(0, at), with, text.AsSpan(Math.Min(text.Length, at + length)));
    }

    /// <summary>A piece becomes huge.</summary>
    private static string Repeat(Random random, string text)
    {
        var at = random.Next(text.Length + 1);
        var piece = text.Substring(at, Math.Min(random.Next(1, 40), text.Length - at));
        var times = 1 << random.Next(1, 15);
        return piece.Length == 0 ? text : text.Insert(at, string.Concat(Enumerable.Repeat(piece, Math.Min(times, MaxBytes / piece.Length))));
    }

    /// <summary>The beginning of this one and the end of another.</summary>
    private string Join(Random random, string text)
    {
        var other = Other(random);
        return text[..random.Next(text.Length + 1)] + other[random.Next(other.Length + 1)..];
    }

    private static string ChangeNumber(Random random, string text)
    {
        var from = random.Next(text.Length + 1);
        var step = text.AsSpan(from).IndexOfAnyInRange('0', '9');
        if (step < 0)
            return text;

        var start = from + step;
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return string.Concat(text.AsSpan(0, start), SipTokens.Number(random), text.AsSpan(end));
    }

    private static string ChangeLines(Random random, string text, Action<List<string>, int, Random> change)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = (end < 0 ? text : text[..end]).Split("\r\n").ToList();
        change(lines, random.Next(lines.Count), random);
        return string.Join("\r\n", lines) + (end < 0 ? "" : text[end..]);
    }
}
