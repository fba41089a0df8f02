using System.Collections.Immutable;
using System.Globalization;
using Bogus;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Silo.Demo;

/// <summary>People and companies outside, at numbers that are set aside for fiction and so belong to nobody.</summary>
internal static class DemoOutside
{
    private const int Count = 70;

    // Number ranges of Ofcom for drama, and 555-01xx of the North American plan.
    private static readonly string[] Ranges = ["02079460", "01614960", "01174960", "07700900", "0120255501"];

    public static ImmutableArray<CallParty> Create(Faker faker) =>
        [.. Enumerable.Range(0, Count).Select(_ => Someone(faker)).DistinctBy(party => party.Number)];

    private static CallParty Someone(Faker faker)
    {
        var range = faker.Random.ArrayElement(Ranges);
        var isAbroad = range.StartsWith("01202555", StringComparison.Ordinal);
        var number = isAbroad
            ? "0" + range + faker.Random.Int(0, 99).ToString("D2", CultureInfo.InvariantCulture)
            : range + faker.Random.Int(0, 999).ToString("D3", CultureInfo.InvariantCulture);
        var name = faker.Random.Int(0, 2) switch
        {
            0 => faker.Company.CompanyName(0),
            1 => faker.Name.FullName(),
            _ => "",
        };
        return new CallParty(number, name, CallPartyKind.Destination, "", "");
    }
}
