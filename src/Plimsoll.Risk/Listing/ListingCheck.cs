using System.Globalization;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Listing;

/// <summary>Checks a proposal before an instrument is enabled: a pure function of what is proposed and what is known.</summary>
public static class ListingCheck
{
    private const decimal Most = 1_000_000_000_000_000m;

    /// <summary>Every check, and the worst of them.</summary>
    /// <param name="proposal">What is proposed.</param>
    /// <param name="facts">What is known of the market.</param>
    /// <param name="standard">What is asked of it; none for the house's own.</param>
    /// <exception cref="InputException">A figure cannot be one: below 0, above 1 where it is a part, or too large.</exception>
    public static ListingVerdict Of(ListingProposal proposal, MarketFacts facts, ListingStandard? standard = null)
    {
        MustBeFigures(proposal, facts);
        ListingStandard asked = standard ?? ListingStandard.Usual;
        decimal cap = proposal.OpenInterestCap, position = proposal.PositionLimit;
        ListingFinding[] findings =
        [
            Name(proposal),
            Above("open interest to market cap", Part(cap, facts.MarketCap), asked.OpenInterestToMarketCap, "of the market's capitalisation could be open here"),
            Above("open interest to float", Part(cap, facts.Float), asked.OpenInterestToFloat, "of what can be bought could be open here"),
            Above("open interest to volume", Part(cap, facts.DailyVolume), asked.OpenInterestToVolume, "of a day's volume could be open here"),
            Above("position to depth", Part(position, facts.Depth), asked.PositionToDepth, "of the depth within 2 % could be one account's to close"),
            Above("position to open interest", Part(position, cap), asked.PositionToOpenInterest, "of the open interest could be one account's"),
            Above("top holders", facts.TopHolders, asked.TopHolders, "of the float is in ten hands"),
            Below("days traded", facts.DaysTraded, asked.DaysTraded, "days of trading are known"),
            .. Parameters(proposal),
            Coverage(proposal, facts, asked),
            .. Sources(facts, asked),
        ];

        return new ListingVerdict(findings.Max(f => f.Grade), findings);
    }

    private static ListingFinding Name(ListingProposal proposal)
    {
        try
        {
            InstrumentName name = InstrumentName.Parse(proposal.Instrument);
            if (name.Kind == InstrumentKind.Spot) return new ListingFinding("name", ListingGrade.Refuse, null, $"{proposal.Instrument} is spot and has no open interest");
            if (proposal.LotSize is not (> 0m and <= 1_000_000_000m)) return new ListingFinding("name", ListingGrade.Refuse, proposal.LotSize, "the lot is not above 0 and at most 1e9");

            return proposal.TickSize is > 0m and <= 1_000_000_000m
                ? new ListingFinding("name", ListingGrade.Pass, null, $"{proposal.Instrument} is a {name.Kind.ToString().ToLowerInvariant()} on {name.Base}")
                : new ListingFinding("name", ListingGrade.Refuse, proposal.TickSize, "the tick is not above 0 and at most 1e9");
        }
        catch (InputException fault)
        {
            return new ListingFinding("name", ListingGrade.Refuse, null, fault.Message);
        }
    }

    private static IEnumerable<ListingFinding> Parameters(ListingProposal proposal)
    {
        yield return Checked("thresholds", "maintenance, target and initial ascend", () =>
        {
            proposal.Initial.Check("initial");
            proposal.Target.Check("target");
            proposal.Maintenance.Check("maintenance");
            bool ascend = proposal.Maintenance.Factor <= proposal.Target.Factor && proposal.Target.Factor <= proposal.Initial.Factor
                && proposal.Maintenance.Floor <= proposal.Target.Floor && proposal.Target.Floor <= proposal.Initial.Floor;
            if (!ascend) throw new InputException("thresholds", "expected maintenance ≤ target ≤ initial");
            if (proposal.Maintenance.Floor == 0m) throw new InputException("maintenance.floor", "expected above 0: a floor is what stands where no scenario looks");
        });
        if (proposal.Haircuts is { } tiers)
            yield return Checked("haircuts", "tiers ascend and lie within 0 to 1", () => new CollateralTerms(new AssetId("proposed"), [.. tiers]).Check("haircuts"));
        if (proposal.PositionLimit > proposal.OpenInterestCap)
            yield return new ListingFinding("limits", ListingGrade.Refuse, proposal.PositionLimit, "one account may hold more than may be open");
    }

    private static ListingFinding Checked(string check, string good, Action test)
    {
        try
        {
            test();

            return new ListingFinding(check, ListingGrade.Pass, null, good);
        }
        catch (InputException fault)
        {
            return new ListingFinding(check, ListingGrade.Refuse, null, fault.Message);
        }
    }

    /// <summary>Whether maintenance outlasts the time to close: what the price may do meanwhile, and what closing the largest position costs.</summary>
    private static ListingFinding Coverage(ListingProposal proposal, MarketFacts facts, ListingStandard asked)
    {
        if (facts.DailyVolume <= 0m) return new ListingFinding("maintenance", ListingGrade.Refuse, null, "nothing is traded, so nothing can be closed");

        double move = (double)asked.Deviations * (double)facts.DailyVolatility * Math.Sqrt((double)asked.DaysToClose);
        double cost = (double)asked.Impact * (double)facts.DailyVolatility * Math.Sqrt((double)(proposal.PositionLimit / facts.DailyVolume));
        double needed = Math.Min(1, move + cost);
        double floor = (double)proposal.Maintenance.Floor;
        ListingGrade grade = floor >= needed ? ListingGrade.Pass : floor >= needed / 2 ? ListingGrade.Warn : ListingGrade.Refuse;

        return new ListingFinding(
            "maintenance", grade, (decimal)Math.Round(needed, 6),
            $"a floor of {Percent((decimal)floor)} stands against {Percent((decimal)needed)}: {Percent((decimal)move)} of price in {asked.DaysToClose * 24m:0.#} h and {Percent((decimal)cost)} of impact");
    }

    private static IEnumerable<ListingFinding> Sources(MarketFacts facts, ListingStandard asked)
    {
        ListingSource[] fresh = [.. facts.Sources.Where(source => source.AgeSeconds <= asked.FreshSeconds && source.Price > 0m)];
        yield return Below("price sources", fresh.Length, asked.Sources, $"sources are no older than {asked.FreshSeconds} s");
        if (fresh.Length == 0) yield break;

        decimal median = Median([.. fresh.Select(source => source.Price).Order()]);
        ListingSource farthest = fresh.MaxBy(source => Math.Abs(source.Price - median))!;
        yield return Above("divergence", Math.Abs(farthest.Price - median) / median, asked.Divergence, $"is how far {farthest.Name} stands from the median");
        ListingSource largest = fresh.MaxBy(source => source.VolumeShare)!;
        yield return Above("largest source", largest.VolumeShare, asked.SourceShare, $"of the volume is {largest.Name}'s");
    }

    private static decimal Median(decimal[] prices) => prices.Length % 2 == 1
        ? prices[prices.Length / 2]
        : (prices[(prices.Length / 2) - 1] + prices[prices.Length / 2]) / 2m;

    private static ListingFinding Above(string check, decimal? measured, Bounds bounds, string what) => measured is not { } part
        ? new ListingFinding(check, ListingGrade.Refuse, null, "what it is measured by is nothing")
        : new ListingFinding(
            check,
            part > bounds.Refuse ? ListingGrade.Refuse : part > bounds.Warn ? ListingGrade.Warn : ListingGrade.Pass,
            part,
            $"{Percent(part)} {what}; warned of above {Percent(bounds.Warn)}, refused above {Percent(bounds.Refuse)}");

    private static ListingFinding Below(string check, decimal measured, Bounds bounds, string what) => new(
        check,
        measured < bounds.Refuse ? ListingGrade.Refuse : measured < bounds.Warn ? ListingGrade.Warn : ListingGrade.Pass,
        measured,
        string.Create(CultureInfo.InvariantCulture, $"{measured:0.##} {what}; warned of below {bounds.Warn:0.##}, refused below {bounds.Refuse:0.##}"));

    /// <summary>None where the whole is nothing.</summary>
    private static decimal? Part(decimal part, decimal whole) => whole > 0m ? Math.Min(part / Math.Max(whole, 0.000001m), 1_000_000m) : null;

    private static string Percent(decimal part) => string.Create(CultureInfo.InvariantCulture, $"{part * 100m:0.##} %");

    private static void MustBeFigures(ListingProposal proposal, MarketFacts facts)
    {
        (string Name, decimal Value, decimal Least, decimal Largest)[] figures =
        [
            ("proposal.openInterestCap", proposal.OpenInterestCap, 0m, Most), ("proposal.positionLimit", proposal.PositionLimit, 0m, Most),
            ("facts.marketCap", facts.MarketCap, 0m, Most), ("facts.float", facts.Float, 0m, Most), ("facts.dailyVolume", facts.DailyVolume, 0m, Most),
            ("facts.depth", facts.Depth, 0m, Most), ("facts.dailyVolatility", facts.DailyVolatility, 0m, 100m), ("facts.topHolders", facts.TopHolders, 0m, 1m),
            ("facts.daysTraded", facts.DaysTraded, 0m, 1_000_000m),
            .. facts.Sources.SelectMany((source, i) => new (string, decimal, decimal, decimal)[]
            {
                ($"facts.sources[{i}].price", source.Price, 0m, Most), ($"facts.sources[{i}].volumeShare", source.VolumeShare, 0m, 1m), ($"facts.sources[{i}].ageSeconds", source.AgeSeconds, 0m, Most),
            }),
        ];
        foreach ((string name, decimal value, decimal least, decimal largest) in figures)
            if (value < least || value > largest) throw new InputException(name, $"found {value}, expected {least} to {largest}");
        if (facts.Float > facts.MarketCap) throw new InputException("facts.float", $"found {facts.Float}, expected at most the market cap of {facts.MarketCap}");
    }
}
