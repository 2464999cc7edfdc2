using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Positions;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>Answers how accounts would be liquidated: changes nothing. What is auctioned is asked of <see cref="AuctionQuote"/>.</summary>
public static class LiquidationDesk
{
    /// <summary>The liquidation of an account as it would go from now on if no price moved.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="account">The account.</param>
    /// <param name="most">The most slices to look ahead.</param>
    /// <exception cref="InputException">No parameters have been set yet.</exception>
    public static LiquidationForecast Forecast(VenueState venue, AccountIndex account, int most = 100)
    {
        if (venue.Judgement.Model is not { } model || venue.Judgement.Responses is not { } responses) throw new InputException("venue", "no risk parameters have been set yet");

        PositionRows rows = venue.Positions.Rows(account);
        var lots = new OpenLots[rows.Count];
        for (int p = 0; p < lots.Length; p++) lots[p] = new OpenLots(rows.Instrument(p), rows.Lots(p));

        return LiquidationForecast.Of(account.Value, lots, venue.Judgement.Money, responses, model, Insurance(venue, account), most, venue.Judgement.Terms, venue.Judgement.OthersOf(account));
    }

    /// <summary>What all layers of insurance together could give for an account now, in the numeraire.</summary>
    public static double Insurance(VenueState venue, AccountIndex account) =>
        venue.Parameters is { } rules ? new FundLayers(venue, rules, _ => { }).LeftFor(account) : 0;
}
