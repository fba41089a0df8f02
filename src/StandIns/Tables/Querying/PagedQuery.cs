using System.Runtime.CompilerServices;

namespace Azure.Data.Tables;

/// <summary>A query answered page by page, each fetched when it is asked for.</summary>
/// <param name="fetch">Fetches the page that a continuation token (null: the first) stands for, of at most so many values.</param>
/// <param name="maxPerPage">How many values a page has at most, unless the reader says so.</param>
/// <param name="cancel">Ends the query.</param>
internal sealed class PagedQuery<T>(
    Func<string?, int?, CancellationToken, Task<Page<T>>> fetch, int? maxPerPage, CancellationToken cancel) : AsyncPageable<T>(cancel)
    where T : notnull
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        Fetch(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken);

    private async IAsyncEnumerable<Page<T>> Fetch(
        string? token, int? size, [EnumeratorCancellation] CancellationToken cancel)
    {
        do
        {
            var page = await fetch(token, size, cancel).ConfigureAwait(false);
            yield return page;
            token = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
