using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// Everything the venue knows and decides on: ledger, positions, orders, prices, parameters, phases, and the verdicts
/// of the last judgement. It is changed by applying events and by nothing else, and read by whoever holds the kernel's thread.
/// </summary>
public sealed class VenueState
{
    /// <summary>A venue before its first command.</summary>
    public VenueState()
    {
        Market = new MarketState(Catalog);
        Judgement = new Judgement(this);
        PreTrade = new PreTrade(this);
        Limits = new LimitBook(this);
        Lending = new LendingBook(this);
        Oracles = new OracleBook(this);
        Breakers = new BreakerBook(this);
        Overrides = new OverrideBook(this);
        Liquidations = new LiquidationBook(this);
        Insurance = new InsuranceBook(this);
    }

    /// <summary>What the venue lists.</summary>
    public Catalog Catalog { get; } = new();

    /// <summary>The accounts.</summary>
    public AccountRegister Accounts { get; } = new();

    /// <summary>Whose sub-accounts they are, and of which class.</summary>
    public AccountClasses Classes { get; } = new();

    /// <summary>What is lent, how much of it is used, and since when interest is due.</summary>
    public LendingBook Lending { get; }

    /// <summary>Accounts between a call and the last resort, and what of this period is used up.</summary>
    public LiquidationBook Liquidations { get; }

    /// <summary>Who staked to cover losses, and who bore how much of them.</summary>
    public InsuranceBook Insurance { get; }

    /// <summary>In which margin mode every account is judged.</summary>
    public MarginModes Modes { get; } = new();

    /// <summary>How crowded the venue is, and what haircuts its markets ask for.</summary>
    public VenueCrowd Crowd { get; } = new();

    /// <summary>How far each asset's price may be relied on, and what may be done on it.</summary>
    public OracleBook Oracles { get; }

    /// <summary>Which instruments are traded now, and how much may still be liquidated in this period.</summary>
    public BreakerBook Breakers { get; }

    /// <summary>Limits of exposure, risk buckets, and what was breached.</summary>
    public LimitBook Limits { get; }

    /// <summary>Which calls somebody has acknowledged.</summary>
    public CallRegister Calls { get; } = new();

    /// <summary>What two persons have ordered about the liquidation of single accounts.</summary>
    public OverrideBook Overrides { get; }

    /// <summary>What everyone owns and owes.</summary>
    public GeneralLedger Ledger { get; internal set; } = new();

    /// <summary>Who holds which contracts.</summary>
    public PositionBook Positions { get; internal set; } = new();

    /// <summary>The orders that stand.</summary>
    public OrderRegister Orders { get; } = new();

    /// <summary>The last prices.</summary>
    public MarketState Market { get; }

    /// <summary>The risk parameters as numbered sets: in force, waiting, and before.</summary>
    public ParameterSets ParameterSets { get; } = new();

    /// <summary>The risk parameters in force; none before the first set.</summary>
    public RiskParameters? Parameters => ParameterSets.InForce;

    /// <summary>What every account was last judged to be.</summary>
    public Judgement Judgement { get; }

    /// <summary>What an account would be judged to be.</summary>
    public PreTrade PreTrade { get; }

    /// <summary>Commands answered already.</summary>
    public CommandMemory Memory { get; } = new();

    /// <summary>What has happened so far, counted.</summary>
    public Tally Tally { get; } = new();

    /// <summary>The venue's time: that of the last command.</summary>
    public Instant Now { get; internal set; }

    /// <summary>
    /// When something falls due next that no price brings: a deadline, a period of a liquidation, the end of an auction. Whoever
    /// owns the clock asks for <see cref="PassTime"/> then; none where nothing waits.
    /// </summary>
    public Instant? NextDue => Earliest(Liquidations.NextDue, Overrides.NextDue, Oracles.NextDue, Insurance.NextDue, Breakers.NextDue);

    /// <summary>The ordinal of a listed asset.</summary>
    public AssetIndex Asset(AssetId id) => Catalog.TryFind(id, out AssetIndex index) ? index : throw Unknown("asset", id.Value);

    /// <summary>The ordinal of a listed instrument.</summary>
    public InstrumentIndex Instrument(InstrumentId id) => Catalog.TryFind(id, out InstrumentIndex index) ? index : throw Unknown("instrument", id.Value);

    /// <summary>The ordinal of an open account.</summary>
    public AccountIndex Account(AccountId id) => Accounts.TryFind(id, out AccountIndex index) ? index : throw Unknown("account", id.Value);

    /// <summary>The price an instrument is marked at, in quote units: its forward or the index on a grid of 15 significant digits.</summary>
    public Price MarkOf(InstrumentIndex index) => Market.QuotedForward(index) ?? ModelPrice.From(Market.ForwardOf(index));

    /// <summary>What an account holds in an instrument; a flat position where it holds none.</summary>
    public Position Position(AccountIndex account, InstrumentIndex instrument) =>
        Positions.TryGet(account, instrument, out Position position) ? position : new Position(instrument, default, default);

    /// <summary>What so many lots are worth at a price, in the settlement asset.</summary>
    public Amount Worth(InstrumentIndex index, Lots lots, Price price, Rounding rounding)
    {
        Instrument instrument = Catalog[index];

        return ContractWorth.Of(instrument, lots, price, Catalog[instrument.Settlement].Scale, rounding);
    }

    internal bool TryAmount(AssetIndex asset, string text, out Amount amount, out Refusal refusal)
    {
        refusal = Catalog[asset].Scale.TryParse(text, out amount)
            ? amount.Sign > 0 ? Refusal.None : Refusal.AmountNotPositive
            : Refusal.AmountMalformed;

        return refusal == Refusal.None;
    }

    /// <summary>Whether an account may not hold that much more, or not one instrument more.</summary>
    internal bool PositionLimitReached(AccountIndex account, InstrumentIndex instrument, Lots change)
    {
        Lots held = Position(account, instrument).Lots;

        return Math.Abs(held.Count + change.Count) > Lots.Max
            || (held.IsZero && Positions.Rows(account).Count >= PositionBook.MaxPositions);
    }

    /// <summary>
    /// Whether a trade would pass a limit of either side's, or open more on one side than one account may hold: whoever
    /// liquidates can end up with all of it.
    /// </summary>
    internal bool OpenLimitReached(AccountIndex buyer, AccountIndex seller, InstrumentIndex index, Lots lots) =>
        PositionLimitReached(buyer, index, lots) || PositionLimitReached(seller, index, -lots) || OpenAfter(buyer, seller, index, lots) > Lots.Max;

    /// <summary>Whether the books have room for what so many open lots are worth at a price of the underlying.</summary>
    internal bool HasRoomFor(InstrumentIndex index, long lots, double forward)
    {
        Instrument instrument = Catalog[index];
        double quote = instrument.Quote is { } asset ? Market.PriceOf(asset) : 1;

        return BookLimits.AllowsOpen(Catalog, instrument, lots, forward, quote > 0 ? Market.PriceOf(instrument.Settlement) / quote : 0);
    }

    /// <summary>Whether the books have room for a trade and for what it leaves open.</summary>
    internal bool HasRoomForFill(AccountIndex buyer, AccountIndex seller, InstrumentIndex index, Lots lots, Amount value, Amount fees)
    {
        Instrument instrument = Catalog[index];
        if (instrument.HasPositions && !HasRoomFor(index, OpenAfter(buyer, seller, index, lots), Market.ForwardOf(index))) return false;

        // What is realised is at most the value and the cost; both sides' cash and the clearing account take it up.
        Amount most = value.Sign < 0 ? fees - value : fees + value;
        Amount bought = Position(buyer, index).Cost;
        Amount sold = Position(seller, index).Cost;

        return BookLimits.Allows(bought, value) && BookLimits.Allows(sold, -value)
            && Fits(Holder.Of(buyer, Purse.Cash), bought) && Fits(Holder.Of(seller, Purse.Cash), sold)
            && Fits(Holder.Of(Fund.Clearing), bought + sold) && Fits(Holder.Of(Fund.Fees), default);

        bool Fits(Holder holder, Amount cost)
        {
            Amount held = holder.IsFund ? Ledger.Balance(holder.Fund, instrument.Settlement) : Ledger.Balance(holder.Account, holder.Purse, instrument.Settlement);

            return Int128.Abs(held.Units) + Int128.Abs(cost.Units) + most.Units <= 10 * BookLimits.Most;
        }
    }

    private long OpenAfter(AccountIndex buyer, AccountIndex seller, InstrumentIndex index, Lots lots)
    {
        long bought = Position(buyer, index).Lots.Count;
        long sold = Position(seller, index).Lots.Count;

        return Positions.OpenInterest(index).Count
            + Math.Max(bought + lots.Count, 0) - Math.Max(bought, 0)
            + Math.Max(sold - lots.Count, 0) - Math.Max(sold, 0);
    }

    internal AccountIndex Open(AccountId id)
    {
        AccountIndex index = Accounts.Add(id);
        Law.Holds(Ledger.Open() == index, "an account has one ordinal everywhere");
        Judgement.Open(index);

        return index;
    }

    /// <summary>Moves an amount from one holder to another; a negative amount moves the other way, nothing moves nothing.</summary>
    internal void Transfer(Holder from, Holder to, AssetIndex asset, Amount amount)
    {
        if (amount.IsZero) return;

        Ledger.Post([new Leg(from, asset, -amount), new Leg(to, asset, amount)]);
    }

    /// <summary>
    /// Moves contracts from seller to buyer at a value. Margined contracts realise the profit of what is closed against
    /// the clearing account; contracts that pay a premium move it at once; spot moves the coins.
    /// </summary>
    internal void Trade(AccountIndex buyer, AccountIndex seller, InstrumentIndex index, Lots lots, Amount value)
    {
        Instrument instrument = Catalog[index];
        Holder buyerCash = Holder.Of(buyer, Purse.Cash);
        Holder sellerCash = Holder.Of(seller, Purse.Cash);
        if (!instrument.HasPositions)
        {
            Amount coins = Catalog[instrument.Underlying].Scale.FromDecimal(lots.ToSize(instrument.LotSize), Rounding.Nearest);
            Transfer(buyerCash, sellerCash, instrument.Settlement, value);
            Transfer(sellerCash, buyerCash, instrument.Underlying, coins);

            return;
        }

        Amount buyerProfit = Positions.Fill(buyer, index, lots, value);
        Amount sellerProfit = Positions.Fill(seller, index, -lots, -value);
        if (instrument.PaysPremium)
        {
            Transfer(buyerCash, sellerCash, instrument.Settlement, value);
        }
        else
        {
            Transfer(Holder.Of(Fund.Clearing), buyerCash, instrument.Settlement, buyerProfit);
            Transfer(Holder.Of(Fund.Clearing), sellerCash, instrument.Settlement, sellerProfit);
        }
    }

    /// <summary>Trades so that the first account's position changes as said, whichever side that makes it.</summary>
    internal void Exchange(AccountIndex account, AccountIndex other, InstrumentIndex index, Lots change, Amount value)
    {
        if (change.Sign > 0) Trade(account, other, index, change, value);
        else Trade(other, account, index, -change, -value);
    }

    /// <summary>Pays a loan back as far as the account's cash in the asset goes.</summary>
    internal void RepayFromCash(AccountIndex account, AssetIndex asset)
    {
        Amount cash = Ledger.Balance(account, Purse.Cash, asset);
        Amount loan = -Ledger.Balance(account, Purse.Loan, asset);
        Amount repaid = Amount.Min(cash, loan);
        if (repaid.Sign > 0) Transfer(Holder.Of(account, Purse.Cash), Holder.Of(account, Purse.Loan), asset, repaid);
        if (loan == repaid) Lending.Forget(account, asset);
    }

    internal void GoBankrupt(AccountIndex account)
    {
        if (Accounts.PhaseOf(account) == AccountPhase.Bankrupt) return;

        Accounts.SetPhase(account, AccountPhase.Bankrupt);
        Tally.Bankruptcies++;
    }

    internal void Relisted()
    {
        Judgement.Relisted();
        Limits.Watch.Regroup();
    }

    private static Instant? Earliest(params ReadOnlySpan<Instant?> due)
    {
        Instant? first = null;
        foreach (Instant? one in due)
        {
            if (one is { } at && !(first <= at)) first = at;
        }

        return first;
    }

    private static LawBrokenException Unknown(string what, string name) => new($"an event names a known {what}, not '{name}'");
}
