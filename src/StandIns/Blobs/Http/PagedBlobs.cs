using System.Runtime.CompilerServices;
using Azure.Storage.Blobs.Models;

namespace Azure.Storage.Blobs;

/// <summary>A list answered page by page, each fetched when it is asked for.</summary>
internal sealed class PagedBlobs(Func<string?, int?, CancellationToken, Task<Page<BlobItem>>> fetch, CancellationToken cancel)
    : AsyncPageable<BlobItem>(cancel)
{
    public override IAsyncEnumerable<Page<BlobItem>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        Fetch(continuationToken, pageSizeHint, CancellationToken);

    private async IAsyncEnumerable<Page<BlobItem>> Fetch(
        string? marker, int? size, [EnumeratorCancellation] CancellationToken cancel)
    {
        do
        {
            var page = await fetch(marker, size, cancel).ConfigureAwait(false);
            yield return page;
            marker = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(marker));
    }
}
