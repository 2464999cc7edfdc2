using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Deleveraging;

/// <summary>Who holds one side of a contract, and all that the policies of deleveraging ask of him, from account state.</summary>
internal static class OtherSide
{
    /// <summary>The holders of one side, older accounts first.</summary>
    /// <param name="venue">The venue, judged.</param>
    /// <param name="instrument">The contract.</param>
    /// <param name="side">+1 for longs, −1 for shorts.</param>
    /// <param name="except">Whose position it is; none for everybody.</param>
    public static List<AdlCandidate> Of(VenueState venue, InstrumentIndex instrument, int side, AccountIndex? except = null)
    {
        var found = new List<AdlCandidate>();
        if (venue.Judgement.Responses is not { } responses) return found;

        int worst = WorstScenario(responses.Instruments.Row(instrument.Value), side, venue.Judgement.Model!.ScenarioCount);
        foreach (int holder in venue.Positions.HoldersOf(instrument).ToArray())
        {
            var account = new AccountIndex(holder);
            Position held = venue.Position(account, instrument);
            if (account == except || held.Lots.Sign != side) continue;

            found.Add(Candidate(venue, responses, account, held, worst));
        }

        return found;
    }

    /// <summary>The same of one holder, with so many lots.</summary>
    public static AdlCandidate Of(VenueState venue, AccountIndex account, in Position held)
    {
        ResponseSet responses = venue.Judgement.Responses!;

        return Candidate(venue, responses, account, held, WorstScenario(responses.Instruments.Row(held.Instrument.Value), held.Lots.Sign, venue.Judgement.Model!.ScenarioCount));
    }

    private static AdlCandidate Candidate(VenueState venue, ResponseSet responses, AccountIndex account, in Position held, int worst)
    {
        Instrument terms = venue.Catalog[held.Instrument];
        double size = (double)held.Lots.ToSize(terms.LotSize);
        double price = responses.AssetPrices[terms.Settlement.Value];
        double worth = size * responses.UnitValues[held.Instrument.Value] * price;
        double cost = venue.Catalog[terms.Settlement].Scale.ToModel(held.Cost) * price;
        double notional = Math.Abs(size) * responses.UnitNotionals[held.Instrument.Value];
        double ratio = worth != 0 && cost != 0 ? Math.Abs(worth / cost) : 1;
        Verdict verdict = venue.Judgement.Of(account);

        return new AdlCandidate(
            account,
            held.Lots.Size.Count,
            held.Lots.Sign,
            notional,
            worth - cost,
            Math.Abs(cost),
            terms is { Payoff: Payoff.Inverse, PaysPremium: false } ? 1 / ratio : ratio,
            verdict.Equity,
            Math.Max(verdict.Notional, notional),
            Exposure(venue, responses, account, held.Instrument, size, notional, worst));
    }

    /// <summary>The scenario in which a side of a contract loses most; −1 where it never loses.</summary>
    private static int WorstScenario(ReadOnlySpan<double> row, int side, int scenarios)
    {
        (int worst, double loss) = (-1, 0);
        for (int s = 0; s < scenarios; s++)
            if (side * row[s] < loss) (worst, loss) = (s, side * row[s]);

        return worst;
    }

    /// <summary>What the whole account loses there, in units of what the position loses, times its notional.</summary>
    private static double Exposure(VenueState venue, ResponseSet responses, AccountIndex account, InstrumentIndex instrument, double size, double notional, int worst)
    {
        if (worst < 0) return notional;

        double own = size * responses.Instruments.Row(instrument.Value)[worst];
        double all = 0;
        ReadOnlySpan<int> held = venue.Judgement.Positions.Columns(account.Value);
        ReadOnlySpan<double> sizes = venue.Judgement.Positions.Values(account.Value);
        for (int i = 0; i < held.Length; i++) all += sizes[i] * responses.Instruments.Row(held[i])[worst];
        ReadOnlySpan<int> assets = venue.Judgement.Money.Columns(account.Value);
        ReadOnlySpan<double> coins = venue.Judgement.Money.Values(account.Value);
        for (int i = 0; i < assets.Length; i++) all += coins[i] * responses.Assets.Row(assets[i])[worst];

        return own < 0 ? notional * (all / own) : notional;
    }
}
