namespace TekSipCloud.Api.TekSip;

/// <summary>Gathers all pages of a list: the TekSIP-compatible API knows no pages.</summary>
internal static class TekSipPages
{
    /// <summary>What is beyond is left out: an answer has to end somewhere.</summary>
    public const int MaxItems = 100_000;
    private const int PageSize = 1000;

    public static async Task<List<T>> Gather<T>(Func<PageRequest, Task<Page<T>>> read)
    {
        List<T> all = [];
        string? cursor = null;
        do
        {
            var page = await read(new PageRequest(cursor, PageSize));
            all.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null && all.Count < MaxItems);

        return all;
    }
}
