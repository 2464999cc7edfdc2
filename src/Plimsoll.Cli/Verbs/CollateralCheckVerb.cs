using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Collateral.Statements;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll collateral check</c>: stated customers against the laws of a collateralised book.</summary>
internal static class CollateralCheckVerb
{
    private const long MostBytes = 1L << 30;
    private const int MostRows = 40;
    private const int NameDigits = 16;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var file = new Argument<string>("CUSTOMERS") { Description = "Customers as CSV: rn, id, then e_X, d_X, X, vl_X, m_X, pm_X for each asset X, and total_net_balance_usdt." };
        Option<string?> tiers = new("--tiers") { Description = "Haircut tiers with prices, as CSV: also holds debts against what the pledges count.", HelpName = "FILE" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "check",
            "Find the customers who pledged more than they have, whose debts exceed what their pledges count, or whose net is not equity less debt; exit code 1 where there are any.",
            "collateral check samples/collateral/customers.csv",
            "collateral check samples/collateral/customers.csv --tiers samples/collateral/tiers.csv")
        {
            file, tiers, json,
        };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            ImmutableArray<StatedCustomer> customers = CustomerStatement.Read(Encoding.UTF8.GetString(InputFile.Bytes(path, MostBytes)), path);
            HaircutFile? schedule = parsed.GetValue(tiers) is { } other ? CollateralScheduleVerb.Read(other) : null;
            ImmutableArray<StatementFinding> faults = StatementCheck.Faults(customers, schedule);
            StatedBacking? thinnest = schedule is null ? null : customers.Select(one => StatementCheck.Backing(one, schedule)).Where(one => one.Ratio is not null).MinBy(one => one.Ratio);
            if (parsed.GetValue(json)) screen.Json(Answer(path, customers, faults, thinnest));
            else Show(screen, customers, faults, thinnest);

            return faults.Length > 0 ? ExitCode.BadNews : ExitCode.Good;
        });

        return verb;
    }

    private static object Answer(string path, ImmutableArray<StatedCustomer> customers, ImmutableArray<StatementFinding> faults, StatedBacking? thinnest) => new
    {
        file = path,
        customers = customers.Length,
        collateralExceedsEquity = Customers(faults, StatementFault.CollateralExceedsEquity),
        debtExceedsCollateral = Customers(faults, StatementFault.DebtExceedsCollateral),
        netDiffers = Customers(faults, StatementFault.NetDiffers),
        thinnest = thinnest is null ? null : new { rn = thinnest.Customer.Number, id = thinnest.Customer.Id, counted = thinnest.Counted, debt = thinnest.Debt, ratio = thinnest.Ratio },
    };

    private static IEnumerable<object> Customers(ImmutableArray<StatementFinding> faults, StatementFault fault) => faults
        .Where(one => one.Fault == fault)
        .GroupBy(one => one.Customer)
        .Select(one => new { rn = one.Key.Number, id = one.Key.Id, place = one.Key.Place, findings = one.Select(found => new { asset = found.Asset, stated = found.Stated, allowed = found.Allowed }) });

    private static void Show(Screen screen, ImmutableArray<StatedCustomer> customers, ImmutableArray<StatementFinding> faults, StatedBacking? thinnest)
    {
        Section(screen, faults, StatementFault.CollateralExceedsEquity, "Collateral exceeds equity", "pledged", "equity", "coins");
        Section(screen, faults, StatementFault.DebtExceedsCollateral, "Debt exceeds counted collateral", "debt", "counted", "USDT, at the prices of the tiers");
        Section(screen, faults, StatementFault.NetDiffers, "Net is not equity less debt", "net", "equity − debt", "coins");
        if (thinnest is not null)
            screen.Line($"  the thinnest backing is that of {thinnest.Customer.Number}: {Sum(thinnest.Counted)} counted for {Sum(thinnest.Debt)} owed, {Figures.Percent(thinnest.Ratio)}");

        StatedCustomer[] faulty = [.. faults.Select(one => one.Customer).Distinct()];
        StatedCustomer[] overPledged = [.. Of(faults, StatementFault.CollateralExceedsEquity).Select(one => one.Customer).Distinct()];
        screen.Verdict(faulty.Length > 0 ? "red" : "green", faulty.Length == 0
            ? $"{Figures.Count(customers.Length)} customers keep to the laws that were checked."
            : $"{faulty.Length} of {Figures.Count(customers.Length)} customers do not keep to them; {overPledged.Length} pledged more than they have{(overPledged.Length > 0 ? $": {string.Join(", ", overPledged.Select(one => one.Number))}" : "")}.");
    }

    private static void Section(Screen screen, ImmutableArray<StatementFinding> faults, StatementFault fault, string heading, string stated, string allowed, string unit)
    {
        StatementFinding[] found = [.. Of(faults, fault)];
        if (found.Length == 0) return;

        Table table = Tables.New(">rn", "id", "asset", $">{stated}", $">{allowed}");
        foreach (StatementFinding one in found.Take(MostRows))
            table.AddRow(Markup.Escape(one.Customer.Number), Markup.Escape(Tail(one.Customer.Id)), Markup.Escape(one.Asset ?? "all"), Sum(one.Stated), Sum(one.Allowed));
        screen.Page.Section(heading, table, unit);
        if (found.Length > MostRows) screen.Page.MarkupLine(Figures.In("grey", $"and {found.Length - MostRows} more; --json has them all"));
    }

    private static IEnumerable<StatementFinding> Of(ImmutableArray<StatementFinding> faults, StatementFault fault) => faults.Where(one => one.Fault == fault);

    private static string Tail(string id) => id.Length > NameDigits ? $"…{id[^NameDigits..]}" : id;

    private static string Sum(decimal value) => value.ToString("#,##0.00######", CultureInfo.InvariantCulture);
}
