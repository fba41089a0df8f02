using System.Globalization;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Reads the answers, one for each action, from the multipart body that answers a transaction.</summary>
internal ref struct TransactionReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>Reads all answers.</summary>
    /// <exception cref="InvalidDataException">The body is no answer to a transaction.</exception>
    public static IReadOnlyList<Response> Read(ReadOnlySpan<byte> body)
    {
        var reader = new TransactionReader(body);
        var responses = new List<Response>();
        while (reader.TryReadResponse() is { } response)
            responses.Add(response);

        return responses.Count == 0
            ? throw new InvalidDataException("The service's answer to a transaction has no parts.")
            : responses;
    }

    // Part headers and boundaries are passed over; each answer starts with its status line.
    private ActionResponse? TryReadResponse()
    {
        while (!_rest.IsEmpty)
        {
            var line = ReadLine();
            if (!line.StartsWith("HTTP/1.", StringComparison.Ordinal))
                continue;

            var parts = line.Split(' ', 3);
            var status = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                ? code
                : throw new InvalidDataException("The service's answer to an action has no status.");
            return new ActionResponse(status, parts.ElementAtOrDefault(2) ?? "", ReadHeaders(), ReadBody());
        }

        return null;
    }

    private List<HttpHeader> ReadHeaders()
    {
        var headers = new List<HttpHeader>();
        while (!_rest.IsEmpty && ReadLine() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers.Add(new HttpHeader(line[..colon], line[(colon + 1)..].Trim()));
        }

        return headers;
    }

    // The boundary's line break belongs to the boundary (RFC 2046 §5.1.1); JSON has none of its own that "--" could follow.
    private byte[] ReadBody()
    {
        if (_rest.StartsWith("--"u8))
            return [];

        var end = _rest.IndexOf("\r\n--"u8);
        if (end < 0)
            end = _rest.Length;

        var content = _rest[..end].ToArray();
        _rest = _rest[Math.Min(end + 2, _rest.Length)..];
        return content;
    }

    private string ReadLine()
    {
        var end = _rest.IndexOf((byte)'\n');
        var line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        return Encoding.UTF8.GetString(line).TrimEnd('\r');
    }
}
