namespace TekSipCloud.Api.Http;

/// <summary>Route values as the caller meant them: Kestrel leaves <c>%2F</c> alone so that it does not become a separator.</summary>
internal static class PathText
{
    public static string Decode(string routeValue) => routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public static string Encode(string value) => Uri.EscapeDataString(value);
}
