using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace TekSipCloud.Api.Http;

/// <summary>Says which field made a request unreadable.</summary>
internal static partial class RequestFault
{
    public static FieldProblem Describe(BadHttpRequestException exception)
    {
        if (exception.InnerException is JsonException json)
            return DescribeJson(json);

        var parameter = ParameterName().Match(exception.Message);
        return parameter.Success
            ? new(parameter.Groups["name"].Value, $"The value of {parameter.Groups["name"].Value} can't be read.")
            : new("", "The request can't be read.");
    }

    private static FieldProblem DescribeJson(JsonException json)
    {
        var path = json.Path is ['$', '.', .. var members] ? members : "";
        if (json.Message.Contains("missing required properties", StringComparison.Ordinal))
        {
            var missing = QuotedNames().Matches(json.Message).Skip(1).Select(match => match.Groups["name"].Value).ToArray();
            var prefix = path.Length == 0 ? "" : path + ".";
            return new(prefix + missing.FirstOrDefault(""), $"Missing: {string.Join(", ", missing.Select(name => prefix + name))}.");
        }

        if (path.Length == 0)
            return new("", "The body is not the JSON that belongs here.");

        return json.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? new(path, $"There is no member {path} here.")
            : new(path, $"The value of {path} has the wrong type.");
    }

    // "Failed to bind parameter "Nullable<int> hours" from "abc"." and "Required parameter "string tenant" was not provided …"
    [GeneratedRegex("parameter \"[^\"]* (?<name>\\w+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ParameterName();

    // "JSON deserialization for type 'X' was missing required properties including: 'a', 'b'."
    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedNames();
}
