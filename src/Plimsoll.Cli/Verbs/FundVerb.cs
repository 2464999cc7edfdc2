using System.CommandLine;
using System.Text.Json;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Insurance;
using Plimsoll.Risk.Liquidation.Insurance;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll fund</c>: who pays for losses, what the pool's cover costs, and how large a fund must be.</summary>
internal static class FundVerb
{
    private const double UsualQuantile = 0.95;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var venue = new Argument<string?>("VENUE") { Description = "A venue's file; without it the fund is only sized by --losses.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> losses = new("--losses") { Description = "Losses of the past as CSV with a column 'loss': the worst unrealised loss of the engine's inventory, one a day.", HelpName = "FILE" };
        Option<double?> threshold = Asked.Percent("--threshold", 0.5, 0.999, "The part of the losses that are no peaks, 95% without it.");
        Option<double?> confidence = Asked.Percent("--confidence", 0.5, 0.99999, "With which the fund is enough for a year, 99.9% without it.");
        Option<double?> severity = Asked.Percent("--severity", 0.1, 10, "How hard every scenario of the rulebook strikes, 100% without it.");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "fund",
            "The layers that pay for losses, what the pool's cover costs, and how large a fund must be; exit code 1 where it is smaller than Cover-2.",
            "fund --losses samples/losses/inventory.csv",
            "demo --accounts 400 --journal crash.venue",
            "fund crash.venue --losses samples/losses/inventory.csv --severity 150%")
        {
            venue, losses, threshold, confidence, severity, json,
        };
        verb.SetAction(parsed =>
        {
            string? path = parsed.GetValue(venue);
            string? past = parsed.GetValue(losses);
            if (path is null && past is null) throw new InputException("VENUE", "is missing: a venue's file, --losses, or both");

            double safe = parsed.GetValue(confidence) ?? 0.999;
            Peaks? peaks = past is null ? null : Of(past, parsed.GetValue(threshold) ?? UsualQuantile, safe);
            Standing? standing = path is null ? null : Of(path, parsed.GetValue(severity) ?? 1);
            if (parsed.GetValue(json)) screen.Json(new { venue = standing is null ? null : Answer(standing), peaks = peaks is null ? null : Answer(peaks) });
            else Show(screen, standing, peaks, safe);

            return standing is { Held: var held, Needed: var needed } && held < needed ? ExitCode.BadNews : ExitCode.Good;
        });

        return verb;
    }

    private static Peaks Of(string path, double quantile, double safe)
    {
        double[] losses = LossFiles.Losses(path);
        double[] sorted = [.. losses.Order()];
        double threshold = sorted.Length > 0 ? sorted[Math.Min(sorted.Length - 1, (int)(quantile * sorted.Length))] : 0;

        return new Peaks(FundIntervals.Peaks(losses, threshold, 365, safe), losses.Length);
    }

    private static Standing Of(string path, double severity)
    {
        VenueState state = ExposedBook.Venue(path);
        StressedShortfalls stressed = StressedShortfalls.Of(state, severity);
        InsuranceStanding standing = InsuranceStanding.Of(state);
        Interval two = FundIntervals.Cover(stressed.Shortfalls, 2);
        double inventory = stressed.Inventory.DefaultIfEmpty(0).Max();

        return new Standing(
            state, standing, FundIntervals.Cover(stressed.Shortfalls, 1), two, inventory, stressed.InventoryNow, standing.Layers.Sum(layer => layer.Worth), two.Estimate + inventory);
    }

    private static void Show(Screen screen, Standing? standing, Peaks? peaks, double safe)
    {
        if (standing is not null) ShowLayers(screen, standing);
        Table sizes = Tables.New("a fund must be", ">USD", ">90 % from", ">to");
        if (standing is not null)
        {
            Row(sizes, "for the largest owner's default in the worst scenario (Cover-1)", standing.One);
            Row(sizes, "for the two largest together (Cover-2)", standing.Two);
            sizes.AddRow("for the engine's own inventory in its worst scenario", Figures.Usd(standing.Inventory), "", "");
            sizes.AddRow("of which it has lost already, unrealised", Figures.Usd(standing.InventoryNow), "", "");
        }

        if (peaks is not null)
        {
            if (peaks.Fund.AnnualMaximum is { } most) Row(sizes, Line(safe), most);
            if (peaks.Fund.Shortfall is { } mean) Row(sizes, "for the mean of the worst hundredth of losses", mean);
        }

        screen.Page.Section("How large", sizes);
        if (peaks is not null)
        {
            screen.Line($"  {peaks.Fund.Tail.Exceedances} of {peaks.Count} losses beyond {Figures.Usd(peaks.Fund.Tail.Threshold)}: shape {Figures.Text(peaks.Fund.Tail.Shape, "0.00")}, scale {Figures.Usd(peaks.Fund.Tail.Scale)}");
            if (peaks.Fund.AnnualMaximum is null) screen.Line("  so heavy a tail has no mean: peaks size nothing here, Cover-2 and caps must");
        }

        string verdict = standing is null
            ? "Sized by the past alone; a venue's file says what is at stake now."
            : $"{Figures.Usd(standing.Held)} stand before anybody is deleveraged; Cover-2 and the inventory ask for {Figures.Usd(standing.Needed)}.";
        screen.Verdict(standing is null || standing.Held >= standing.Needed ? "green" : "red", verdict);

        static string Line(double safe) => $"for a year with {Figures.Percent(safe)} (peaks over threshold)";
    }

    private static void ShowLayers(Screen screen, Standing standing)
    {
        Table table = Tables.New("layer", ">holds", ">gave so far", ">in this period", ">at most", ">fed so far", ">target");
        foreach (LayerStanding layer in standing.Insurance.Layers)
            table.AddRow(
                Name(layer.Terms.Layer),
                Figures.Usd(layer.Worth),
                Figures.Usd(layer.Drawn),
                Figures.Usd(layer.InPeriod),
                layer.Terms.PerPeriod is { } most ? Figures.Usd((double)most) : Figures.None,
                Figures.Usd(layer.Fed),
                layer.Terms.Target is { } target ? Figures.Usd((double)target) : Figures.None);
        LossTotals totals = standing.Insurance.Totals;
        table.AddRow("deleveraging", "", Figures.Usd(totals.Deleveraged), "", "", "", "");
        table.AddRow("own funds", "", Figures.Usd(totals.OwnFunds), Figures.Usd(standing.Insurance.OwnFundsInPeriod), standing.Insurance.OwnFundsLimit is { } limit ? Figures.Usd(limit) : Figures.None, "", "");
        table.AddRow("socialised", "", Figures.Usd(totals.Socialised), "", "", "", "");
        screen.Page.Section("Who pays, in this order", table, "USD");
        if (standing.Insurance.Pool is not { } pool) return;

        screen.Line($"  pool: {Figures.Usd(pool.Premium.Capital)} of {pool.Stakers} stakers, {Figures.Usd(pool.Premium.Required)} required{(pool.CapitalRatio is { } ratio ? $" ({Figures.Percent(ratio)})" : "")}; covers {Figures.Usd(pool.Premium.Cover)}");
        screen.Line($"  premium: {Figures.Percent(pool.Premium.AnnualRate)} a year = {Figures.Percent(pool.Premium.ExpectedLoss)} expected + {Figures.Percent(pool.Premium.Load)} load + {Figures.Percent(pool.Premium.Scarcity)} for capital bound to {Figures.Percent(pool.Premium.Utilisation)}");
        if (standing.Insurance.Insurer is { } insurer) screen.Line($"  {insurer} owes {Figures.Usd(standing.Insurance.Outstanding)} for losses he bore");
    }

    private static void Row(Table table, string what, Interval interval) => table.AddRow(what, Figures.Usd(interval.Estimate), Figures.Usd(interval.Low), Figures.Usd(interval.High));

    private static object Answer(Standing standing) => new
    {
        at = standing.State.Now.ToString(),
        layers = standing.Insurance.Layers.Select(layer => new
        {
            layer = layer.Terms.Layer,
            holds = layer.Worth,
            drawn = layer.Drawn,
            inPeriod = layer.InPeriod,
            perPeriod = layer.Terms.PerPeriod,
            fed = layer.Fed,
            target = layer.Terms.Target,
            balances = layer.Balances.Select(one => new { asset = standing.State.Catalog[one.Asset].Id.Value, amount = standing.State.Catalog[one.Asset].Scale.Format(one.Amount), worth = one.Worth }),
        }),
        deleveraged = standing.Insurance.Totals.Deleveraged,
        ownFunds = standing.Insurance.Totals.OwnFunds,
        socialised = standing.Insurance.Totals.Socialised,
        pool = standing.Insurance.Pool is not { } pool ? null : new
        {
            capital = pool.Premium.Capital,
            required = pool.Premium.Required,
            capitalRatio = pool.CapitalRatio,
            cover = pool.Premium.Cover,
            utilisation = pool.Premium.Utilisation,
            premium = pool.Premium.AnnualRate,
            stakers = pool.Stakers,
        },
        outstanding = standing.Insurance.Outstanding,
        coverOne = standing.One,
        coverTwo = standing.Two,
        inventory = standing.Inventory,
        inventoryNow = standing.InventoryNow,
        holds = standing.Held,
        needs = standing.Needed,
    };

    private static object Answer(Peaks peaks) => new
    {
        losses = peaks.Count,
        threshold = peaks.Fund.Tail.Threshold,
        exceedances = peaks.Fund.Tail.Exceedances,
        shape = peaks.Fund.Tail.Shape,
        scale = peaks.Fund.Tail.Scale,
        annualMaximum = peaks.Fund.AnnualMaximum,
        shortfall = peaks.Fund.Shortfall,
    };

    private static string Name(InsuranceLayer layer) => JsonNamingPolicy.KebabCaseLower.ConvertName(layer.ToString());

    private sealed record Peaks(SizedFund Fund, int Count);

    private sealed record Standing(VenueState State, InsuranceStanding Insurance, Interval One, Interval Two, double Inventory, double InventoryNow, double Held, double Needed);
}
