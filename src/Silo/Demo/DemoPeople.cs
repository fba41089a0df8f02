using System.Collections.Immutable;
using System.Globalization;
using Bogus;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Silo.Demo;

/// <summary>The demo company's people: numbered by department, with the exceptions every company has.</summary>
internal static class DemoPeople
{
    private const int Leavers = 3;

    private static readonly ImmutableArray<DemoDepartment> Departments =
    [
        new("Reception", 100, 2, Calls: 3, Called: 9, CallsOutside: true),
        new("Sales", 110, 9, Calls: 4, Called: 3, CallsOutside: true),
        new("Support", 120, 12, Calls: 3, Called: 4, CallsOutside: true),
        new("Network operations", 140, 6, Calls: 2, Called: 1, CallsOutside: true),
        new("Finance", 150, 4, Calls: 1.5, Called: 1, CallsOutside: true),
        new("Management", 160, 3, Calls: 1.5, Called: 0.7, CallsOutside: true),
        new("Warehouse", 170, 3, Calls: 1, Called: 0.5, CallsOutside: false),
        new("Meeting room", 190, 3, Calls: 0.4, Called: 0.1, CallsOutside: false),
    ];

    private static readonly string[] MeetingRooms = ["Anchor", "Lighthouse", "Compass"];

    private static readonly string[] Telephones =
    [
        "Yealink SIP-T46U 108.86.0.45", "Yealink SIP-T46U 108.86.0.45", "Yealink SIP-T54W 96.86.0.70",
        "Grandstream GXP2170 1.0.11.79", "snomD735/10.1.127.10", "Linphone-Desktop/5.2.4", "MicroSIP/3.21.4",
        "Zoiper rv2.10.20.4",
    ];

    public static ImmutableArray<DemoPerson> Create(Faker faker)
    {
        var people = Departments
            .SelectMany(department => Enumerable.Range(0, department.Size), (department, place) => Create(faker, department, place))
            .ToList();
        var others = people.Where(person => person.Department.Size > 3 && !Leads(person)).ToList();
        foreach (var leaver in faker.Random.ListItems(others, Leavers))
            people[people.IndexOf(leaver)] = leaver with { Extension = leaver.Extension with { Enabled = false } };

        return [.. people];
    }

    private static DemoPerson Create(Faker faker, DemoDepartment department, int place)
    {
        var number = NumberOf(department, place);
        var isRoom = department.Name == "Meeting room";
        var extension = new Extension
        {
            Username = number,
            DisplayName = isRoom
                ? $"{department.Name} {MeetingRooms[place]}"
                : $"{faker.Name.FirstName()} {faker.Name.LastName()}",
            AllowExternalCalls = department.CallsOutside && (place == 0 || faker.Random.Bool(0.9f)),
            RecordCalls = department.Name == "Support",
            Redirection = isRoom ? "" : place == 0 ? Extension.VoiceMail : NumberOf(department, 0),
            ExternalRoute = department.Name == "Finance" && place == 1 ? DemoDialPlan.Backup.Name : "",
            DigestAlgorithm = department.Name == "Network operations" ? DigestAlgorithm.Sha256 : null,
        };
        var address = $"10.20.{department.First / 10}.{20 + place}:5060";
        return new DemoPerson(extension, department, address, faker.Random.ArrayElement(Telephones));
    }

    private static bool Leads(DemoPerson person) => person.Number == NumberOf(person.Department, 0);

    private static string NumberOf(DemoDepartment department, int place) =>
        (department.First + place).ToString(CultureInfo.InvariantCulture);
}
