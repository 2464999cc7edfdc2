using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Published;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Collateral.Statements;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Collateral;

[Trait("Category", "Published")]
public sealed partial class Published_haircut_tiers
{
    private const string Folder = "data/reserves";
    private const string TiersName = "binance_collateral_haircut_tiers.csv";

    /// <summary>How many sample customers the exchange made pledge more than they have, by the number in the file's name.</summary>
    private static readonly Dictionary<string, int> OverPledged = new() { ["binance_sample_users0.csv"] = 5, ["binance_sample_users1.csv"] = 10 };

    private static readonly string? TiersPath = SharedFolder.Find($"{Folder}/{TiersName}");
    private static readonly HaircutFile? Tiers = TiersPath is { } path ? HaircutFile.Read(File.ReadAllText(path), TiersName) : null;

    public static IEnumerable<ITheoryDataRow> Assets() => TiersPath is null
        ? [Skipped(TiersName)]
        : File.ReadLines(TiersPath).Skip(1).Where(line => line.Length > 0).Select(line => new TheoryDataRow<string>(line) { TestDisplayName = $"tiers of {line[..line.IndexOf(',', StringComparison.Ordinal)]}" });

    public static IEnumerable<ITheoryDataRow> Statements() => SharedFolder.Find(Folder) is { } folder
        ? Directory.EnumerateFiles(folder, "binance_sample_users*.csv").Order(StringComparer.Ordinal).Select(file => new TheoryDataRow<string>(Path.GetFileName(file)) { TestDisplayName = Path.GetFileName(file) })
        : [Skipped("binance_sample_users*.csv")];

    [Theory]
    [MemberData(nameof(Assets))]
    public void Each_slice_of_a_value_counts_by_its_own_tier(string line)
    {
        Match cells = Row().Match(line);
        cells.Success.ShouldBeTrue(line);
        HaircutRow row = Tiers!.Find(cells.Groups["token"].Value)!;
        row.Price.ShouldBe(decimal.Parse(cells.Groups["price"].Value, CultureInfo.InvariantCulture));
        foreach (PledgedFor use in Enum.GetValues<PledgedFor>())
        {
            (decimal From, decimal To, decimal Percent)[] slices = [.. Slice().Matches(cells.Groups[$"s{(int)use}"].Value).Select(slice => (Number(slice, 1), Number(slice, 2), Number(slice, 3)))];
            foreach (decimal value in slices.SelectMany(slice => new[] { slice.From, Math.Min(slice.To, 4e9m), slice.From + 12_345.6789m }).Append(0m).Append(7e9m))
            {
                decimal plain = slices.Where(slice => value > slice.From).Sum(slice => (Math.Min(value, slice.To) - slice.From) * slice.Percent) / 100m;
                CollateralValue.Counted(row[use], value).ShouldBe(plain, $"{row.Token} {use} {value}");
                Judged(row[use]).Counted(0, (double)value).ShouldBe((double)plain, 1e-12 * (double)(value + 1m), $"{row.Token} {use} {value}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void Customers_who_pledged_more_than_they_have_are_found_by_name(string file)
    {
        string path = SharedFolder.Find($"{Folder}/{file}")!;
        DataTable table = DataTable.Open($"{Folder}/{file}")!;
        string[] assets = [.. File.ReadLines(path).First().Split(',').Where(name => name.StartsWith("e_", StringComparison.Ordinal)).Select(name => name[2..])];
        string[] plain = [.. Enumerable.Range(0, table.Count).Where(row => assets.Any(asset => Cell(row, "vl_", asset) + Cell(row, "m_", asset) + Cell(row, "pm_", asset) > Cell(row, "e_", asset))).Select(row => table.Text(row, "id"))];

        var customers = CustomerStatement.Read(File.ReadAllText(path), file);
        string[] found = [.. StatementCheck.Faults(customers, Tiers).Where(fault => fault.Fault == StatementFault.CollateralExceedsEquity).Select(fault => fault.Customer.Id).Distinct()];

        customers.Length.ShouldBe(table.Count);
        found.ShouldBe(plain);
        if (OverPledged.TryGetValue(file, out int published)) found.Length.ShouldBe(published);

        decimal Cell(int row, string figure, string asset) => decimal.Parse(table.Text(row, figure + asset), CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_files_yield_assets_and_customers()
    {
        Assert.SkipUnless(TiersPath is not null, SharedFolder.HowToFind($"{Folder}/{TiersName}"));
        Tiers!.Rows.Length.ShouldBe(File.ReadLines(TiersPath!).Count(line => line.Length > 0) - 1);
        Statements().Count().ShouldBeGreaterThan(0);
    }

    private static CollateralSchedule Judged(CollateralTerms? terms)
    {
        var catalog = new Catalog();
        catalog.Add(new Asset(terms?.Asset ?? new AssetId("X"), new AssetScale(8), AssetClass.Alt, null));

        return new CollateralSchedule(catalog, RiskParameters.Default(catalog) with { Collateral = terms is null ? [] : [terms] });
    }

    private static decimal Number(Match slice, int group) => decimal.Parse(slice.Groups[group].Value, CultureInfo.InvariantCulture);

    private static TheoryDataRow<string> Skipped(string name) => new(name) { Skip = SharedFolder.HowToFind($"{Folder}/{name}"), TestDisplayName = name };

    [GeneratedRegex("""^(?<token>[^,]*),(?<price>[^,]*),"?(?<s0>\[[^\]]*\]|)"?,"?(?<s1>\[[^\]]*\]|)"?,"?(?<s2>\[[^\]]*\]|)"?\r?$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex(@"(\d+)-(\d+):([\d.]+)")]
    private static partial Regex Slice();
}
