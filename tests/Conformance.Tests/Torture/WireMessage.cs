using System.Text.RegularExpressions;

namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>A message read apart from the product's own code: one character an octet, lines unfolded, compact names in full.</summary>
internal sealed partial class WireMessage
{
    private static readonly Dictionary<string, string> Compact = new(StringComparer.OrdinalIgnoreCase)
    {
        ["v"] = "Via",
        ["f"] = "From",
        ["t"] = "To",
        ["i"] = "Call-ID",
        ["l"] = "Content-Length",
        ["m"] = "Contact",
        ["c"] = "Content-Type",
    };

    private readonly List<(string Name, string Value)> _headers = [];

    public WireMessage(string text)
    {
        Text = text;
        var section = text.Split("\r\n\r\n", 2)[0];
        var lines = Fold().Replace(section, " ").Split("\r\n");
        FirstLine = lines[0];
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = line[..Math.Max(colon, 0)].Trim();
            _headers.Add((Compact.GetValueOrDefault(name, name), line[(colon + 1)..].Trim()));
        }
    }

    public string Text { get; }

    public string FirstLine { get; }

    /// <summary>The code of a response; 0 for a request.</summary>
    public int Status => FirstLine.StartsWith("SIP/2.0 ", StringComparison.Ordinal)
        ? int.Parse(FirstLine.AsSpan(8, 3), System.Globalization.CultureInfo.InvariantCulture)
        : 0;

    public string Method => FirstLine.Split(' ')[0];

    public string Uri => FirstLine.Split(' ')[1];

    /// <summary>The values of a header, one for each line.</summary>
    public string[] Lines(string name) =>
        [.. _headers.Where(h => string.Equals(h.Name, name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];

    /// <summary>A header's only value; empty when it has none or several.</summary>
    public string Header(string name) => Lines(name) is [var only] ? Spaces().Replace(only, " ") : "";

    /// <summary>Every Via, also of several in one line, without white space and empty elements: so it can be compared.</summary>
    public string[] Vias => [.. Lines("Via").SelectMany(line => line.Split(',')).Select(via => Spaces().Replace(via, "")).Where(via => via.Length > 0)];

    /// <summary>The tag of From or To; empty when it has none.</summary>
    public string Tag(string name) => TagPattern().Match(Header(name)) is { Success: true } match ? match.Groups["tag"].Value : "";

    [GeneratedRegex(@"\r\n[ \t]+", RegexOptions.NonBacktracking)]
    private static partial Regex Fold();

    [GeneratedRegex(@"[ \t]+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    [GeneratedRegex(@">?[^<]*; *tag *= *(?<tag>[^;> ]+)", RegexOptions.NonBacktracking)]
    private static partial Regex TagPattern();
}
