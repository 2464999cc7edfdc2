using System.Collections.Immutable;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Cascades;

/// <summary>What was taken from an account by a liquidation and what it got, each in its own units, to be valued later.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Coins">What came in (+) or went out (−).</param>
internal readonly record struct LiquidatedLeg(AccountId Account, AssetIndex Asset, double Coins);

/// <summary>Who bore what, in the numeraire at the time.</summary>
/// <param name="Insured">Layers of insurance: the fund first.</param>
/// <param name="OwnFunds">The venue's own funds.</param>
/// <param name="Socialised">Accounts with positions.</param>
/// <param name="Deleveraged">The other side, by taking over at bankruptcy prices.</param>
public readonly record struct LossBearers(double Insured, double OwnFunds, double Socialised, double Deleveraged)
{
    /// <summary>All of it: what bankrupt accounts owed beyond what they had.</summary>
    public double Deficit => Insured + OwnFunds + Socialised + Deleveraged;

    /// <summary>What a venue's books say has been borne so far.</summary>
    public static LossBearers Of(VenueState venue)
    {
        LossTotals totals = venue.Insurance.Totals;
        double insured = Enum.GetValues<InsuranceLayer>().Sum(totals.DrawnFrom);

        return new LossBearers(insured, totals.OwnFunds, totals.Socialised, totals.Deleveraged);
    }

    /// <summary>What came since.</summary>
    public LossBearers Since(in LossBearers before) =>
        new(Insured - before.Insured, OwnFunds - before.OwnFunds, Socialised - before.Socialised, Deleveraged - before.Deleveraged);
}

/// <summary>Watches a run's events and keeps what its harm is measured by.</summary>
internal sealed class LossLedger(VenueState venue, IReadOnlySet<AccountId> attackers)
{
    private readonly List<LiquidatedLeg> legs = [];
    private readonly SortedSet<AccountId> fallen = [];

    /// <summary>Accounts that were liquidated.</summary>
    public ImmutableArray<AccountId> Fallen => [.. fallen];

    /// <summary>What the attackers' own accounts gave up by being deleveraged, in the numeraire at the time: nobody else's loss.</summary>
    public double AttackersGave { get; private set; }

    /// <summary>What provider and backstop gave up by taking over: their own loss contains it.</summary>
    public double HeirsGave { get; private set; }

    /// <summary>Notional closed and sold, at the prices of the moment.</summary>
    public double Liquidated { get; private set; }

    public void Observe(IReadOnlyList<Event> events)
    {
        foreach (Event happened in events) Observe(happened);
    }

    /// <summary>What accounts lost by liquidations at prices that did not last, in the numeraire at today's prices; never below zero for one account.</summary>
    public double Underpriced()
    {
        double lost = 0;
        foreach (IGrouping<AccountId, LiquidatedLeg> account in legs.GroupBy(leg => leg.Account))
            lost += Math.Max(0, -account.Sum(leg => leg.Coins * venue.Market.PriceOf(leg.Asset)));

        return lost;
    }

    private void Observe(Event happened)
    {
        switch (happened)
        {
            case CollateralSold sold:
                fallen.Add(sold.Account);
                Liquidated += sold.Notional;
                Leg(sold.Account, sold.Sold, -Coins(sold.Sold, sold.SoldAmount));
                Leg(sold.Account, sold.Bought, Coins(sold.Bought, sold.BoughtAmount));
                break;
            case PositionLiquidated closed:
                fallen.Add(closed.Account);
                Liquidated += closed.Notional;
                break;
            case Deleveraged over:
                fallen.Add(over.Account);
                Liquidated += over.Notional;
                AttackersGave += over.Shares.Where(share => attackers.Contains(share.Account)).Sum(share => GivenUp(over.Instrument, share));
                HeirsGave += over.Shares.Where(share => Worth.IsHeir(venue, share.Account)).Sum(share => GivenUp(over.Instrument, share));
                break;
            default:
                break;
        }
    }

    /// <summary>What a share was taken over for beyond the mark.</summary>
    private double GivenUp(InstrumentId name, TakeoverShare share)
    {
        InstrumentIndex index = venue.Instrument(name);
        Instrument instrument = venue.Catalog[index];
        double mark = (double)share.Change.ToSize(instrument.LotSize) * venue.Judgement.Responses!.UnitValues[index.Value];

        return (venue.Catalog[instrument.Settlement].Scale.ToModel(share.Value) - mark) * venue.Market.PriceOf(instrument.Settlement);
    }

    private void Leg(AccountId account, AssetId asset, double coins) => legs.Add(new LiquidatedLeg(account, venue.Asset(asset), coins));

    private double Coins(AssetId asset, Amount amount) => venue.Catalog[venue.Asset(asset)].Scale.ToModel(amount);
}
