using System.Buffers.Text;
using System.Collections;

namespace Azure.Data.Tables;

/// <summary>
/// The answers, one for each action, in the multipart body that answers a transaction. Where they are and which was refused is found at once;
/// more is read of those that somebody looks at.
/// </summary>
internal sealed class TransactionAnswers : IReadOnlyList<Response>
{
    private const int LeastRefusal = 400;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly List<int> _starts;
    private readonly ActionResponse?[] _read;

    /// <summary>Finds the answers.</summary>
    /// <param name="body">The body.</param>
    /// <param name="actions">How many actions there were; a refused transaction has one answer.</param>
    /// <exception cref="InvalidDataException">The body is no answer to a transaction.</exception>
    public TransactionAnswers(ReadOnlyMemory<byte> body, int actions)
    {
        _body = body;
        _starts = new List<int>(actions);
        FindStarts(body.Span);
        if (_starts.Count == 0)
            throw new InvalidDataException("The service's answer to a transaction has no parts.");

        _read = new ActionResponse[_starts.Count];
    }

    /// <summary>The first answer that refuses its action; -1 for none.</summary>
    public int FirstRefused { get; private set; } = -1;

    public int Count => _starts.Count;

    public Response this[int index] => _read[index] ??= Read(_body[_starts[index]..]);

    public IEnumerator<Response> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Part headers, boundaries and JSON have no line that begins as each answer does.
    private void FindStarts(ReadOnlySpan<byte> body)
    {
        var version = "HTTP/1."u8;
        for (var at = 0; body[at..].IndexOf(version) is >= 0 and var found; at += version.Length)
        {
            at += found;
            if (at > 0 && body[at - 1] != '\n')
                continue;

            if (FirstRefused < 0 && StatusOf(body[at..], out _) >= LeastRefusal)
                FirstRefused = _starts.Count;
            _starts.Add(at);
        }
    }

    private static int StatusOf(ReadOnlySpan<byte> answer, out int end)
    {
        var code = answer.IndexOf((byte)' ') + 1;
        if (!Utf8Parser.TryParse(answer[code..], out int status, out var digits))
            throw new InvalidDataException("The service's answer to an action has no status.");

        end = code + digits;
        return status;
    }

    private static ActionResponse Read(ReadOnlyMemory<byte> answer)
    {
        var status = StatusOf(answer.Span, out var reason);
        var headers = EndOfLine(answer.Span);
        var body = headers;
        while (!IsEmptyLine(answer.Span[body..]))
            body += EndOfLine(answer.Span[body..]);

        var content = answer[(body + EndOfLine(answer.Span[body..]))..];
        return new ActionResponse(status, answer[reason..headers], answer[headers..body], content[..LengthOfBody(content.Span)]);
    }

    private static int EndOfLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end < 0 ? text.Length : end + 1;
    }

    private static bool IsEmptyLine(ReadOnlySpan<byte> text) => text.IsEmpty || text[0] == '\n' || text.StartsWith("\r\n"u8);

    // The boundary's line break belongs to the boundary (RFC 2046 §5.1.1); JSON has none of its own that "--" could follow.
    private static int LengthOfBody(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("--"u8))
            return 0;

        var length = text.IndexOf("\r\n--"u8);
        return length < 0 ? text.Length : length;
    }
}
