using Microsoft.Extensions.Options;

namespace TekSipCloud.Storage;

/// <summary>Checks <see cref="StorageOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
