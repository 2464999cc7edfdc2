namespace Plimsoll.House.Tests;

public sealed class RoomTests
{
    /// <summary>The floor of every room: references go to lower floors only.</summary>
    private static readonly Dictionary<string, int> Floors = new(StringComparer.Ordinal)
    {
        ["Plimsoll.Units"] = 1,
        ["Plimsoll.Numerics"] = 1,
        ["Plimsoll.Markets"] = 2,
        ["Plimsoll.Ledger"] = 2,
        ["Plimsoll.Pricing"] = 3,
        ["Plimsoll.Risk"] = 4,
        ["Plimsoll.Engine"] = 5,
        ["Plimsoll.Treasury"] = 5,
        ["Plimsoll.Simulation"] = 6,
        ["Plimsoll.Storage"] = 6,
        ["Plimsoll.Server"] = 7,
        ["Plimsoll.Cli"] = 8,
    };

    /// <summary>Packages a deciding room may use, and why it may.</summary>
    private static readonly Dictionary<string, string[]> KernelPackages = new(StringComparer.Ordinal)
    {
        ["Plimsoll.Treasury"] = ["NodaTime"],
    };

    [Fact]
    public void Every_room_has_a_floor_and_stands_on_lower_ones_only()
    {
        foreach (Repository.Room room in Repository.Rooms)
        {
            Floors.ShouldContainKey(room.Name);
            foreach (string reference in room.References) Floors[reference].ShouldBeLessThan(Floors[room.Name], $"{room.Name} references {reference}");
        }
    }

    [Fact]
    public void Every_room_that_decides_bans_clock_chance_and_inexact_maths_and_takes_no_package()
    {
        foreach (Repository.Room room in Repository.Rooms.Where(r => Floors[r.Name] <= 5 || r.Name == "Plimsoll.Simulation"))
        {
            room.IsKernel.ShouldBeTrue($"{room.Name} imports Kernel.props");
            room.Packages.Except(KernelPackages.GetValueOrDefault(room.Name, [])).ShouldBeEmpty(room.Name);
        }
    }

    [Fact]
    public void Every_banned_symbol_says_why()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "src", "BannedSymbols.txt"));
        lines.Length.ShouldBeGreaterThan(20);
        foreach (string line in lines.Where(l => l.Length > 0))
        {
            string[] parts = line.Split(';', 2);
            parts.Length.ShouldBe(2, line);
            parts[1].Length.ShouldBeGreaterThan(10, line);
        }
    }

    [Fact]
    public void Every_room_has_tests()
    {
        foreach (Repository.Room room in Repository.Rooms)
            Directory.Exists(Path.Combine(Repository.Root, "tests", $"{room.Name}.Tests")).ShouldBeTrue(room.Name);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Plimsoll.slnx"));
        foreach (string folder in (string[])["src", "tests", "bench"])
        {
            foreach (string project in Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
                solution.ShouldContain(Repository.Relative(project));
        }
    }
}
