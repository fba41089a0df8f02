using System.Globalization;
using System.Xml.Linq;
using Azure.Core;
using Azure.Storage.Blobs.Models;

namespace Azure.Storage.Blobs;

/// <summary>Reads a page of a container's list.</summary>
internal static class BlobListing
{
    public static async Task<Page<BlobItem>> Read(
        BlobsAccount account, string container, string? prefix, string? marker, int? size, CancellationToken cancel)
    {
        var query = "restype=container&comp=list"
            + Parameter("prefix", prefix) + Parameter("marker", marker) + Parameter("maxresults", size?.ToString(CultureInfo.InvariantCulture));
        using var message = account.CreateMessage(RequestMethod.Get, container, query, ExpectedStatuses.Read);
        var response = await account.Send(message, cancel).ConfigureAwait(false);
        // XDocument's own reader takes no DTD.
        var root = XDocument.Parse(response.Content.ToString()).Root!;
        var items = root.Element("Blobs")?.Elements("Blob").Select(ReadItem).ToArray() ?? [];
        return Page<BlobItem>.FromValues(items, root.Element("NextMarker")?.Value is { Length: > 0 } next ? next : null, response);
    }

    private static BlobItem ReadItem(XElement blob)
    {
        var length = blob.Element("Properties")?.Element("Content-Length")?.Value;
        return new(
            blob.Element("Name")!.Value,
            new BlobItemProperties(long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null));
    }

    private static string Parameter(string name, string? value) =>
        string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
