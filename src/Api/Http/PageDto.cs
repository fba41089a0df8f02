namespace TekSipCloud.Api.Http;

/// <summary>One page of a list; the cursor is null at the end and else goes back as <c>?cursor=</c>.</summary>
internal sealed record PageDto<T>(IReadOnlyList<T> Items, string? Cursor)
{
    public static PageDto<T> From<TSource>(Page<TSource> page, Func<TSource, T> toDto) =>
        new([.. page.Items.Select(toDto)], page.Cursor);
}
