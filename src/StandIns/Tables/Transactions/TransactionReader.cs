using System.Buffers.Text;

namespace Azure.Data.Tables;

/// <summary>Finds the answers, one for each action, in the multipart body that answers a transaction.</summary>
internal ref struct TransactionReader(ReadOnlyMemory<byte> body)
{
    private int _position;

    /// <summary>Reads all answers; their headers and bodies stay where they are.</summary>
    /// <exception cref="InvalidDataException">The body is no answer to a transaction.</exception>
    public static IReadOnlyList<ActionResponse> Read(ReadOnlyMemory<byte> body)
    {
        var reader = new TransactionReader(body);
        var responses = new List<ActionResponse>();
        while (reader.TryReadResponse() is { } response)
            responses.Add(response);

        return responses.Count == 0
            ? throw new InvalidDataException("The service's answer to a transaction has no parts.")
            : responses;
    }

    private readonly ReadOnlySpan<byte> Rest => body.Span[_position..];

    // Part headers and boundaries are passed over; each answer starts with its status line.
    private ActionResponse? TryReadResponse()
    {
        while (!Rest.IsEmpty)
        {
            var line = ReadLine();
            if (!line.Span.StartsWith("HTTP/1."u8))
                continue;

            var code = line.Span[(line.Span.IndexOf((byte)' ') + 1)..];
            if (!Utf8Parser.TryParse(code, out int status, out var digits))
                throw new InvalidDataException("The service's answer to an action has no status.");

            return new ActionResponse(status, line[^(code.Length - digits)..], ReadHeaders(), ReadBody());
        }

        return null;
    }

    private ReadOnlyMemory<byte> ReadHeaders()
    {
        var start = _position;
        var end = start;
        while (!Rest.IsEmpty && !ReadLine().IsEmpty)
            end = _position;

        return body[start..end];
    }

    // The boundary's line break belongs to the boundary (RFC 2046 §5.1.1); JSON has none of its own that "--" could follow.
    private ReadOnlyMemory<byte> ReadBody()
    {
        if (Rest.StartsWith("--"u8))
            return default;

        var length = Rest.IndexOf("\r\n--"u8);
        var content = length < 0 ? body[_position..] : body.Slice(_position, length);
        _position = Math.Min(_position + content.Length + 2, body.Length);
        return content;
    }

    private ReadOnlyMemory<byte> ReadLine()
    {
        var start = _position;
        var length = Rest.IndexOf((byte)'\n');
        _position = length < 0 ? body.Length : start + length + 1;
        var line = length < 0 ? body[start..] : body.Slice(start, length);
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
