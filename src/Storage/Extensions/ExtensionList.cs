using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Extensions;

/// <summary>Lists extensions from their rows.</summary>
internal sealed class ExtensionList(ConfigRows config) : IExtensionList
{
    public async Task<Page<Versioned<Extension>>> List(TenantId tenant, PageRequest page, CancellationToken cancel)
    {
        var rows = await config.ListPage<ExtensionDocument>(tenant.Value, ConfigKeys.Extensions, page, cancel);
        return new([.. rows.Items.Select(row => new Versioned<Extension>(row.Value.Extension, row.Stamp))], rows.Cursor);
    }
}
