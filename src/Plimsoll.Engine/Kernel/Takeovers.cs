using System.Runtime.InteropServices;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Deleveraging;
using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// Bankrupt positions on their way to the other side, within one tick.
/// <list type="number">
/// <item>A takeover is shared at once, by the policy in force or else pro rata, at the account's bankruptcy price, as long as
/// the tick has made fewer than <see cref="SharedAtOnce"/> shares.</item>
/// <item>Beyond that it is a wave, and thousands of accounts would each trade with thousands: the liquidity provider gathers
/// what is taken over, instrument by instrument and side by side, each at its own bankruptcy price.</item>
/// <item>When the round is over, the provider passes on what he gathered, by the same rule, at its average price: equal holders
/// still get equal shares, now at one price, and the provider is left with what he had, and with what nobody could take.</item>
/// </list>
/// </summary>
internal sealed class Takeovers(VenueState venue, FundLayers layers, Action<Event> happen)
{
    /// <summary>Shares of one tick after which takeovers are gathered.</summary>
    public const int SharedAtOnce = 1024;

    /// <summary>Holders whom a policy asks for the price of making one share.</summary>
    private const int CandidatesPerShare = 16;

    private readonly SortedDictionary<(int Instrument, int Side), Gathered> _gathered = [];
    private int _shares;

    private DeleveragingTerms Terms => venue.Parameters!.Deleveraging;

    /// <summary>Takes a position over.</summary>
    public void Take(AccountIndex account, in PlannedTakeover takeover)
    {
        InstrumentIndex instrument = takeover.Instrument;
        var price = new Price(Math.Clamp(takeover.Price, Price.Min, Price.Max));
        Lots change = WithinRoom(instrument, takeover.Change);
        if (change.IsZero) return;

        bool isWave = _shares >= SharedAtOnce && !venue.PositionLimitReached(venue.Account(Consequences.Provider), instrument, -change);
        if (isWave)
        {
            TakeoverShare share = Share(instrument, Consequences.Provider, -change, price);
            Gather(instrument, -change, price);
            Happen(account, instrument, change, price, [share], null);
        }
        else if (Terms.IsNone)
        {
            Happen(account, instrument, change, price, ShareAtOnce(account, instrument, change, price), null);
        }
        else
        {
            ShareByPolicy(account, instrument, change, price);
        }
    }

    /// <summary>Passes on what was gathered; to be called when the round is over, before anybody is judged again.</summary>
    public void PassOn()
    {
        while (_gathered.Count > 0)
        {
            ((int Instrument, int Side) key, Gathered gathered) = _gathered.First();
            PassOn(new InstrumentIndex(key.Instrument), gathered);
            _gathered.Remove(key);
        }
    }

    /// <summary>As much as the breakers let be deleveraged in this period; the rest of the position waits for the next.</summary>
    private Lots WithinRoom(InstrumentIndex instrument, Lots change)
    {
        double room = venue.Breakers.AdlRoom;
        double notional = Liquidation.Notional(venue, instrument, change);
        if (!(notional > room)) return change;

        return new Lots(change.Sign * (long)Math.Floor(change.Size.Count * (Math.Max(0, room) / notional)));
    }

    private void Happen(AccountIndex account, InstrumentIndex instrument, Lots change, Price price, List<TakeoverShare> shares, AdlFigures? figures)
    {
        _shares += shares.Count;
        AssetIndex settlement = venue.Catalog[instrument].Settlement;
        Amount given = GivenUp(instrument, change, shares);
        layers.Deleveraged(account, settlement, given);
        double worth = venue.Catalog[settlement].Scale.ToModel(given) * venue.Market.PriceOf(settlement);
        happen(new Deleveraged(
            venue.Accounts[account], venue.Catalog[instrument].Id, price, shares, Liquidation.Notional(venue, instrument, change), figures, given.IsZero ? null : worth));
    }

    /// <summary>Passes a position of somebody who is not bankrupt on to the other side.</summary>
    public void PassOn(AccountIndex account, in PlannedTakeover position)
    {
        var price = new Price(Math.Clamp(position.Price, Price.Min, Price.Max));
        List<TakeoverShare> shares = ShareAtOnce(account, position.Instrument, position.Change, price);
        _shares += shares.Count;
        happen(new TakeoversPassedOn(
            venue.Accounts[account], venue.Catalog[position.Instrument].Id, price, shares, Liquidation.Notional(venue, position.Instrument, position.Change)));
    }

    /// <summary>What those who take over pay beyond the mark.</summary>
    private Amount GivenUp(InstrumentIndex instrument, Lots change, List<TakeoverShare> shares)
    {
        Amount paid = Amount.Zero;
        foreach (TakeoverShare share in shares) paid += share.Value;

        return paid - TakeoverMark.Worth(venue, instrument, -change);
    }

    /// <summary>By the policy in force; what nobody can take without harm the provider takes at the mark, and the loss is borne by whoever bears losses.</summary>
    private void ShareByPolicy(AccountIndex account, InstrumentIndex instrument, Lots change, Price price)
    {
        venue.Judgement.Refresh(account);
        double needed = Math.Max(0, -venue.Judgement.Of(account).Equity - layers.LeftFor(account));
        Judge(instrument);
        List<AdlCandidate> candidates = OtherSide.Of(venue, instrument, change.Sign, account);
        _shares += candidates.Count / CandidatesPerShare;
        AdlOutcome outcome = PolicyShares.Share(venue, Terms, instrument, change, price, candidates);
        if (outcome.Plan.Shares.Length > 0)
            Happen(account, instrument, change - outcome.Plan.Unshared, price, Shares(outcome.Plan, price), Figures(instrument, change, price, candidates, outcome, needed));
        if (!outcome.Plan.Unshared.IsZero) KeepUnshared(account, instrument, outcome.Plan.Unshared);
    }

    private void KeepUnshared(AccountIndex account, InstrumentIndex instrument, Lots change)
    {
        // A provider who can hold no more cannot take it; the account waits for the next price.
        if (venue.PositionLimitReached(venue.Account(Consequences.Provider), instrument, -change)) return;

        Price mark = TakeoverMark.PriceOf(venue, instrument);
        happen(new PositionLiquidated(
            venue.Accounts[account],
            Consequences.Provider,
            venue.Catalog[instrument].Id,
            change,
            mark,
            venue.Worth(instrument, change, mark, Rounding.Nearest),
            Amount.Zero,
            Liquidation.Notional(venue, instrument, change)));
    }

    private AdlFigures Figures(InstrumentIndex instrument, Lots change, Price price, List<AdlCandidate> candidates, AdlOutcome outcome, double needed)
    {
        int settlement = venue.Catalog[instrument].Settlement.Value;
        Lots taken = outcome.Plan.Unshared - change;
        double paid = venue.Catalog[new AssetIndex(settlement)].Scale.ToModel(venue.Worth(instrument, taken, price, Rounding.Nearest) - TakeoverMark.Worth(venue, instrument, taken))
            * venue.Judgement.Responses!.AssetPrices[settlement];
        AdlReport report = AdlReport.Of(CollectionsMarshal.AsSpan(candidates), outcome.Taken, change.Size.Count, taken.IsZero ? 0 : paid / taken.Size.Count, needed);

        return new AdlFigures(
            Terms.Policy.ToString(),
            candidates.Count,
            outcome.PassedOver,
            report.GivenUp,
            Math.Max(0, report.Overshoot),
            report.Fairness.Gini,
            report.Fairness.Jain,
            report.Hedged,
            report.HedgesBroken);
    }

    /// <summary>What this tick did to the holders is judged before they are asked.</summary>
    private void Judge(InstrumentIndex instrument)
    {
        foreach (int holder in venue.Positions.HoldersOf(instrument).ToArray()) venue.Judgement.Refresh(new AccountIndex(holder));
    }

    private List<TakeoverShare> ShareAtOnce(AccountIndex account, InstrumentIndex instrument, Lots change, Price price)
    {
        List<Counterparty> candidates = HoldersBut(account, instrument);
        AdlPlan plan = AutoDeleveraging.Share(instrument, change, price.Value, CollectionsMarshal.AsSpan(candidates));
        Law.Holds(plan.Unshared.IsZero, "the other side of a position is as large as the position");

        return Shares(plan, price);
    }

    private void Gather(InstrumentIndex instrument, Lots lots, Price price)
    {
        (int, int) key = (instrument.Value, lots.Sign);
        if (!_gathered.TryGetValue(key, out Gathered? gathered)) _gathered[key] = gathered = new Gathered(ContractWorth.IsReciprocal(venue.Catalog[instrument]));
        gathered.Add(lots, price);
    }

    private void PassOn(InstrumentIndex instrument, Gathered gathered)
    {
        AccountIndex provider = venue.Account(Consequences.Provider);

        // He takes his own share as well, by keeping it: of what he held before he gathered for both sides.
        Lots own = venue.Position(provider, instrument).Lots - LotsGathered(instrument);
        Price price = gathered.AveragePrice;
        (List<TakeoverShare> shares, AdlFigures? figures) = Terms.IsNone
            ? (ProRata(instrument, gathered.Lots, price, provider, own), null)
            : ByPolicy(instrument, gathered.Lots, price, provider, own);
        shares.RemoveAll(share => share.Account == Consequences.Provider);
        if (shares.Count == 0) return;

        long passed = 0;
        foreach (TakeoverShare share in shares) passed += share.Change.Count;
        happen(new TakeoversPassedOn(
            Consequences.Provider, venue.Catalog[instrument].Id, price, shares, Liquidation.Notional(venue, instrument, new Lots(passed)), figures));
    }

    private List<TakeoverShare> ProRata(InstrumentIndex instrument, Lots gathered, Price price, AccountIndex provider, Lots own)
    {
        List<Counterparty> candidates = HoldersBut(provider, instrument);
        candidates.Insert(candidates.TakeWhile(c => c.Account.Value < provider.Value).Count(), new Counterparty(provider, own));

        return Shares(AutoDeleveraging.Share(instrument, -gathered, price.Value, CollectionsMarshal.AsSpan(candidates)), price);
    }

    private (List<TakeoverShare> Shares, AdlFigures Figures) ByPolicy(InstrumentIndex instrument, Lots gathered, Price price, AccountIndex provider, Lots own)
    {
        Judge(instrument);
        List<AdlCandidate> candidates = OtherSide.Of(venue, instrument, -gathered.Sign, provider);
        if (own.Sign == -gathered.Sign)
        {
            AdlCandidate keeps = OtherSide.Of(venue, provider, new Position(instrument, own, venue.Position(provider, instrument).Cost));
            candidates.Insert(candidates.TakeWhile(c => c.Account.Value < provider.Value).Count(), keeps);
        }

        AdlOutcome outcome = PolicyShares.Share(venue, Terms, instrument, -gathered, price, candidates, provider);

        return (Shares(outcome.Plan, price), Figures(instrument, -gathered, price, candidates, outcome, double.PositiveInfinity));
    }

    private Lots LotsGathered(InstrumentIndex instrument)
    {
        var lots = new Lots(0);
        foreach (((int Instrument, int Side) key, Gathered gathered) in _gathered)
            if (key.Instrument == instrument.Value) lots += gathered.Lots;

        return lots;
    }

    private List<Counterparty> HoldersBut(AccountIndex account, InstrumentIndex instrument)
    {
        ReadOnlySpan<int> holders = venue.Positions.HoldersOf(instrument);
        var candidates = new List<Counterparty>(holders.Length + 1);
        foreach (int holder in holders)
        {
            var other = new AccountIndex(holder);
            if (other != account) candidates.Add(new Counterparty(other, venue.Position(other, instrument).Lots));
        }

        return candidates;
    }

    private List<TakeoverShare> Shares(AdlPlan plan, Price price)
    {
        var shares = new List<TakeoverShare>(plan.Shares.Length);
        foreach (Counterparty share in plan.Shares) shares.Add(Share(plan.Instrument, venue.Accounts[share.Account], share.Lots, price));

        return shares;
    }

    private TakeoverShare Share(InstrumentIndex instrument, AccountId account, Lots lots, Price price) =>
        new(account, lots, venue.Worth(instrument, lots, price, Rounding.Nearest));

    /// <summary>What the provider gathered of one side, and what it cost him.</summary>
    private sealed class Gathered(bool isReciprocal)
    {
        private decimal _average;

        /// <summary>Signed lots.</summary>
        public Lots Lots { get; private set; }

        /// <summary>The price at which all of it together is worth what it cost: of contracts worth −size ÷ price, the harmonic mean.</summary>
        public Price AveragePrice => new(Math.Clamp(isReciprocal ? 1m / _average : _average, Price.Min, Price.Max));

        public void Add(Lots lots, Price price)
        {
            Lots += lots;
            decimal one = isReciprocal ? 1m / price.Value : price.Value;
            _average += (one - _average) * ((decimal)lots.Size.Count / Lots.Size.Count);
        }
    }
}
