using System.Collections.Immutable;

namespace Plimsoll.Risk.Liquidation.Bids;

/// <summary>One thing a bidder takes: its worth without its side, and where he can be rid of it.</summary>
/// <param name="Name">The instrument or the asset.</param>
/// <param name="Notional">Its worth at the mark without its side, in the numeraire, at least 0.</param>
/// <param name="Route">Where it is sold, or bought back.</param>
public readonly record struct BidLeg(string Name, double Notional, ExitRoute Route);

/// <summary>What a bid would cost and earn, in the numeraire: nothing is promised, prices move while he sells.</summary>
/// <param name="Pays">What he pays; below 0 where he is paid for taking it.</param>
/// <param name="Worth">What he takes is worth at the mark; below 0 where it is a debt.</param>
/// <param name="Exits">How each leg would be sold, in the order of the legs.</param>
/// <param name="SaleCost">What selling loses against the mark, fees included.</param>
/// <param name="Left">Notional nobody takes: he keeps its risk.</param>
/// <param name="Gas">What the bid and the sales cost besides.</param>
public sealed record BidQuote(double Pays, double Worth, ImmutableArray<Exit> Exits, double SaleCost, double Left, double Gas)
{
    /// <summary>Worth less what he pays, what selling loses, and gas. What nobody takes is in it at the mark: see <see cref="Left"/>.</summary>
    public double Profit => Worth - Pays - SaleCost - Gas;

    /// <summary>Quotes a bid.</summary>
    /// <param name="pays">What is paid for it.</param>
    /// <param name="worth">What it is worth at the mark.</param>
    /// <param name="legs">What is taken.</param>
    /// <param name="gas">What bidding and selling cost besides, at least 0.</param>
    public static BidQuote Of(double pays, double worth, IReadOnlyList<BidLeg> legs, double gas)
    {
        var exits = ImmutableArray.CreateBuilder<Exit>(legs.Count);
        (double cost, double left) = (0, 0);
        foreach (BidLeg leg in legs)
        {
            Exit exit = leg.Route.Of(leg.Notional);
            exits.Add(exit);
            cost += exit.Cost;
            left += exit.Left;
        }

        return new BidQuote(pays, worth, exits.MoveToImmutable(), cost, left, gas);
    }
}
