using System.Globalization;

namespace TekSipCloud.Testing.Phones;

/// <summary>A response as it came.</summary>
/// <param name="Text">All of it.</param>
public sealed record SipAnswer(string Text)
{
    /// <summary>Its code.</summary>
    public int Status => int.Parse(Text.AsSpan("SIP/2.0 ".Length, 3), CultureInfo.InvariantCulture);

    /// <summary>The text of an answer without a body.</summary>
    /// <param name="request">The request as it came.</param>
    /// <param name="status">Its code.</param>
    public static string To(string request, int status)
    {
        var lines = request.Split("\r\n");
        IEnumerable<string> All(string name) => lines.Where(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
        string[] head = [$"SIP/2.0 {status} X", .. All("Via"), .. All("From"), $"{All("To").Single()};tag=t", .. All("Call-ID"), .. All("CSeq")];
        return $"{string.Join('\n', head)}\nContent-Length: 0\n\n";
    }

    /// <summary>A header's value; null when it is not there.</summary>
    public string? Header(string name) => Text.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
