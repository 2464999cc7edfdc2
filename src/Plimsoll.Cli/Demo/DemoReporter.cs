using Plimsoll.Engine;
using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Simulation.Standing;
using Plimsoll.Simulation.Stories;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Cli.Demo;

/// <summary>Makes a run's report.</summary>
internal static class DemoReporter
{
    private const int LossesShown = 20;

    /// <summary>The report of a run that has ended.</summary>
    public static DemoReport Of(VenueStory story, StoryRun run)
    {
        VenueState venue = run.Kernel.State;
        Tally tally = venue.Tally;
        FallenFacts[] fallen = [.. run.Record.Fallen.Select(account => Fallen(venue, run.Opening, account))];

        return new DemoReport(
            story.File.Name,
            Facts(story, run),
            Line(run.After.Line),
            Line(run.Before.Line),
            new TallyFacts(tally.MarginCalls, fallen.Length, tally.Liquidations, tally.LiquidatedNotional, tally.Deleveragings, tally.Bankruptcies, tally.FundDrawn, tally.BadDebt),
            [.. run.Record.Stages.Steps.Select(step => new StageFacts(step.Name, step.Times, step.Size))],
            Fund(venue, run.Before, run.After),
            [.. run.Layers.Select(before => new LayerFacts(Word(before.Layer), before.Worth, Worth(venue, before.Layer), venue.Insurance.Totals.DrawnFrom(before.Layer)))],
            [.. run.After.Coverage.Select(after => Coverage(after, run.Before))],
            [.. run.Record.Hours.Select(hour => new HourFacts(hour.Hour.ToString(), hour.Calls, hour.Liquidations, hour.Notional, hour.Auctions, hour.Deleveragings, hour.FundDrawn))],
            fallen,
            Kinds(fallen),
            Losses(venue, run.Opening, fallen),
            [.. venue.Catalog.Assets.Select((asset, place) => Conservation(venue, asset, new AssetIndex(place)))],
            Snapshots.HashOf(venue).ToString(),
            run.Kernel.Hash.ToString(),
            run.Kernel.Sequence);
    }

    /// <summary>The load line as facts.</summary>
    public static LoadLineFacts Line(LoadLine line) => new(
        line.Verdict.ToString().ToLowerInvariant(), line.Text, line.Worst?.Asset.Id.Value, line.Worst?.Coverage, line.DryFirst?.Asset.Id.Value, line.DryFirst?.SurvivalHours);

    /// <summary>An asset's coverage as facts.</summary>
    public static CoverageFacts Coverage(AssetCoverage after, VenueStanding before) => new(
        after.Asset.Id.Value,
        after.Asset.Scale.Format(after.Claims),
        after.Asset.Scale.Format(after.Holdings),
        after.Coverage,
        before.Coverage.FirstOrDefault(asset => asset.Asset.Id == after.Asset.Id)?.Coverage,
        after.SurvivalHours,
        after.ByPlace.ToDictionary(place => Word(place.Place), place => after.Asset.Scale.Format(place.Amount), StringComparer.Ordinal));

    /// <summary>A place, or a layer, as the files and the API call it.</summary>
    public static string Word<T>(T fund) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(fund.ToString());

    /// <summary>What a layer of insurance holds, in the numeraire.</summary>
    public static double Worth(VenueState venue, InsuranceLayer layer) => InsuranceBook.FundOf(layer) is { } fund ? venue.Insurance.Worth(fund) : 0;

    /// <summary>What an account does, by its name.</summary>
    public static string KindOf(AccountId account) => account == new AccountId("liquidity") ? "provider" : account.Value.Split('-')[0];

    private static StoryFacts Facts(VenueStory story, StoryRun run) => new(
        story.Path.Label,
        story.Path.Synthetic,
        story.Path.Notes,
        story.Path.Start.ToString(),
        story.Path.End.ToString(),
        run.Opening.Count,
        story.Seed,
        run.Commands.All,
        run.Record.Refused + run.RefusedAtOpening,
        [.. story.Path.Assets.Select((asset, place) => Price(story, asset, place))]);

    private static PriceFacts Price(VenueStory story, AssetId asset, int place)
    {
        double first = 0, lowest = double.MaxValue, last = 0;
        foreach (Simulation.Paths.PriceTick tick in story.Path.Ticks())
        {
            last = (double)tick.Prices[place];
            if (first == 0) first = last;
            lowest = Math.Min(lowest, last);
        }

        return new PriceFacts(asset.Value, first, lowest, last);
    }

    private static FundFacts Fund(VenueState venue, VenueStanding before, VenueStanding after) => new(before.FundWorth, after.FundWorth,
    [
        .. venue.Catalog.Assets
            .Select(asset => (asset.Id, Before: before.Fund.FirstOrDefault(entry => entry.Asset == asset.Id), After: after.Fund.FirstOrDefault(entry => entry.Asset == asset.Id)))
            .Where(entry => entry.Before.Amount is not null || entry.After.Amount is not null)
            .Select(entry => new FundAssetFacts(entry.Id.Value, entry.Before.Amount ?? "0", entry.Before.Worth, entry.After.Amount ?? "0", entry.After.Worth)),
    ]);

    /// <summary>An account that fell, as facts.</summary>
    public static FallenFacts Fallen(VenueState venue, OpeningBook opening, FallenAccount fallen)
    {
        AccountIndex account = venue.Account(fallen.Account);
        double after = venue.Judgement.Of(account).Equity;

        return new FallenFacts(
            fallen.Account.Value,
            KindOf(fallen.Account),
            fallen.At.ToString(),
            fallen.SunkBy,
            opening.Collateral(account) is { } asset ? venue.Catalog[asset].Id.Value : null,
            opening.Equity(account),
            after,
            opening.Equity(account) - after + fallen.Shortfall,
            fallen.Notional,
            fallen.Shortfall,
            fallen.Deleveraged);
    }

    private static FallenKind[] Kinds(FallenFacts[] fallen) =>
    [
        .. fallen.GroupBy(account => (account.Kind, account.SunkBy, account.Collateral))
            .Select(group => new FallenKind(group.Key.Kind, group.Key.SunkBy, group.Key.Collateral, group.Count(), group.Sum(a => a.Loss), group.Sum(a => a.Notional), group.Sum(a => a.Shortfall)))
            .OrderByDescending(kind => kind.Notional).ThenBy(kind => kind.Kind, StringComparer.Ordinal).ThenBy(kind => kind.SunkBy, StringComparer.Ordinal),
    ];

    private static LossFacts[] Losses(VenueState venue, OpeningBook opening, FallenFacts[] fallen)
    {
        var liquidated = fallen.Select(account => account.Account).ToHashSet(StringComparer.Ordinal);

        return
        [
            .. Enumerable.Range(0, opening.Count)
                .Select(i => new AccountIndex(i))
                .Select(account => (Account: account, Before: opening.Equity(account), After: venue.Judgement.Of(account).Equity))
                .OrderByDescending(row => row.Before - row.After).ThenBy(row => row.Account)
                .Take(LossesShown)
                .Select(row => new LossFacts(
                    venue.Accounts[row.Account].Value, KindOf(venue.Accounts[row.Account]), row.Before, row.After, row.Before - row.After, liquidated.Contains(venue.Accounts[row.Account].Value))),
        ];
    }

    private static ConservationFacts Conservation(VenueState venue, Asset asset, AssetIndex index)
    {
        Amount held = Amount.Zero, other = Amount.Zero;
        foreach (Fund fund in Funds.All)
        {
            if (fund.IsPlace) held += venue.Ledger.Held(fund, index);
            else if (fund is not (Ledger.Accounts.Fund.InsuranceFund or Ledger.Accounts.Fund.OwnFunds)) other += venue.Ledger.Balance(fund, index);
        }

        Amount cash = venue.Ledger.ControlTotal(Purse.Cash, index);
        Amount loans = venue.Ledger.ControlTotal(Purse.Loan, index);
        Amount insurance = venue.Ledger.Balance(Ledger.Accounts.Fund.InsuranceFund, index);
        Amount own = venue.Ledger.Balance(Ledger.Accounts.Fund.OwnFunds, index);
        string Coins(Amount amount) => asset.Scale.Format(amount);

        return new ConservationFacts(
            asset.Id.Value, Coins(cash), Coins(loans), Coins(insurance), Coins(own), Coins(other), Coins(held), Coins(cash + loans + insurance + own + other - held));
    }
}
