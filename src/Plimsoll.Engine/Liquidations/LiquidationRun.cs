using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>What every stage of one tick's liquidations shares.</summary>
internal sealed class LiquidationRun
{
    public LiquidationRun(VenueState venue, MarginModel model, FundLayers layers, Takeovers takeovers, Action<Event> happen)
    {
        (Venue, Model, Layers, Takeovers, Happen) = (venue, model, layers, takeovers, happen);
        Terms = model.Parameters.Phases;
        Depth = new MarketDepth(model);
        Rooms = new Rooms(venue, Terms, Depth);
    }

    public VenueState Venue { get; }

    public MarginModel Model { get; }

    public PhaseTerms Terms { get; }

    public FundLayers Layers { get; }

    public Takeovers Takeovers { get; }

    public Action<Event> Happen { get; }

    public MarketDepth Depth { get; }

    public Rooms Rooms { get; }

    /// <summary>Rises whenever accounts were changed that were not asked: what was drafted before may be of another account than there is now.</summary>
    public int Disturbances { get; private set; }

    public LiquidationBook Book => Venue.Liquidations;

    public AccountId NameOf(AccountIndex account) => Venue.Accounts[account];

    public Verdict VerdictOn(AccountIndex account) => Venue.Judgement.Of(account);

    /// <summary>Accounts that take what others lose and are never liquidated here.</summary>
    public bool IsExempt(AccountIndex account) =>
        NameOf(account) == Consequences.Provider || Venue.Insurance.IsInsurer(account) || NameOf(account) == Terms.Backstop?.Account;

    /// <summary>Whether prices and persons let an account be liquidated now.</summary>
    public bool MayLiquidate(AccountIndex account) => !Venue.Overrides.Holds(account) && Venue.Oracles.Allows(account, OracleAction.Liquidate);

    public OpenLots[] LotsOf(AccountIndex account)
    {
        PositionRows rows = Venue.Positions.Rows(account);
        var lots = new OpenLots[rows.Count];
        for (int p = 0; p < lots.Length; p++) lots[p] = new OpenLots(rows.Instrument(p), rows.Lots(p));

        return lots;
    }

    public LiquidationDraft Draft(AccountIndex account, MarginLine goal) => LiquidationDraft.Of(
        account.Value, LotsOf(account), Venue.Judgement.Money, Venue.Judgement.Responses!, Model, Depth, goal, Venue.Judgement.Terms, Venue.Judgement.OthersOf(account));

    /// <summary>Judges an account as it is now.</summary>
    public Verdict Judged(AccountIndex account)
    {
        Venue.Judgement.Refresh(account);

        return VerdictOn(account);
    }

    /// <summary>Notes that counterparties or funds were changed.</summary>
    public void Disturb() => Disturbances++;

    public void CancelOrders(AccountIndex account)
    {
        if (Venue.Orders.Count(account) > 0) Happen(new OrdersCancelled(NameOf(account)));
    }

    public void End(AccountIndex account, LiquidationEnding ending)
    {
        LiquidationCase one = Book.Of(account)!;
        Happen(new LiquidationEnded(NameOf(account), ending, one.Slices, one.PlannedCost, one.ExpectedCost, one.RealisedCost));
    }
}
