namespace Plimsoll.Engine.Commands;

/// <summary>Why a command was refused. Journaled: numbers are append-only and never reused.</summary>
public enum Refusal : ushort
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>An amount must be above zero.</summary>
    AmountNotPositive = 1,

    /// <summary>An amount is not a decimal number, or has more decimals than the asset.</summary>
    AmountMalformed = 2,

    /// <summary>No such account.</summary>
    AccountUnknown = 3,

    /// <summary>No such asset.</summary>
    AssetUnknown = 4,

    /// <summary>No such instrument.</summary>
    InstrumentUnknown = 5,

    /// <summary>Initial health would fall below zero, or further below.</summary>
    InitialMarginBreached = 6,

    /// <summary>An account of this name is open already.</summary>
    AccountExists = 7,

    /// <summary>An asset of this name is listed already.</summary>
    AssetExists = 8,

    /// <summary>An instrument of this name is listed already.</summary>
    InstrumentExists = 9,

    /// <summary>The terms contradict each other or lie outside their limits.</summary>
    TermsInvalid = 10,

    /// <summary>The account does not own that much.</summary>
    BalanceInsufficient = 11,

    /// <summary>The venue does not hold that much in that place.</summary>
    HoldingsInsufficient = 12,

    /// <summary>Something this depends on has no price yet.</summary>
    PriceMissing = 13,

    /// <summary>The command's time lies before the venue's.</summary>
    TimeWentBack = 14,

    /// <summary>The instrument has expired.</summary>
    InstrumentExpired = 15,

    /// <summary>A size must be a whole number of lots, above zero, and within the limit.</summary>
    SizeInvalid = 16,

    /// <summary>A price must be above zero and within the limit.</summary>
    PriceInvalid = 17,

    /// <summary>An order of this name stands already.</summary>
    OrderExists = 18,

    /// <summary>No such order.</summary>
    OrderUnknown = 19,

    /// <summary>Buyer and seller are the same account.</summary>
    SelfTrade = 20,

    /// <summary>The risk parameters are not valid.</summary>
    ParametersInvalid = 21,

    /// <summary>No risk parameters have been set yet.</summary>
    ParametersMissing = 22,

    /// <summary>The instrument has not expired yet.</summary>
    NotYetExpired = 23,

    /// <summary>The instrument has no positions that could be treated so.</summary>
    InstrumentUnsuitable = 24,

    /// <summary>The account owes less than that.</summary>
    LoanSmaller = 25,

    /// <summary>A rate lies outside its limits.</summary>
    RateOutOfRange = 26,

    /// <summary>One of the venue's own limits is reached.</summary>
    LimitReached = 27,

    /// <summary>The command names nothing to do.</summary>
    NothingToDo = 28,

    /// <summary>The place is not one the venue holds assets in, or the fund not one that holds capital.</summary>
    FundUnsuitable = 29,

    /// <summary>A volatility or a confidence lies outside its limits.</summary>
    QuoteInvalid = 30,

    /// <summary>The venue's parameters of this command are not valid text, or name something twice.</summary>
    CommandMalformed = 31,

    /// <summary>No liquidity provider's account is open yet, so that nothing could be liquidated.</summary>
    ProviderMissing = 32,

    /// <summary>The amount, or what would follow from it, is larger than the books have room for.</summary>
    AmountTooLarge = 33,

    /// <summary>A hard limit of exposure would be passed, or passed farther.</summary>
    ExposureLimitBreached = 34,

    /// <summary>No such limit.</summary>
    LimitUnknown = 35,

    /// <summary>No such risk bucket.</summary>
    BucketUnknown = 36,

    /// <summary>No set of parameters of this number waits.</summary>
    ProposalUnknown = 37,

    /// <summary>Parameters cannot take force before now.</summary>
    EffectivePast = 38,

    /// <summary>The time of the set of parameters has not come.</summary>
    ProposalNotDue = 39,

    /// <summary>The shadow run would liquidate more accounts than the proposal allows.</summary>
    TooManyLiquidations = 40,

    /// <summary>An isolated account holds one instrument and one collateral asset, and nothing else.</summary>
    IsolatedElsewhere = 41,

    /// <summary>The account's margin mode does not allow it, or it is in that mode already.</summary>
    MarginModeUnsuitable = 42,

    /// <summary>The accounts do not belong to one owner.</summary>
    OwnersDiffer = 43,

    /// <summary>The venue, or the owner, may borrow no more of the asset.</summary>
    BorrowCapReached = 44,

    /// <summary>The source saw these prices before those the venue knows already.</summary>
    QuoteStale = 45,

    /// <summary>The account is not being auctioned, or its auction is over.</summary>
    AuctionUnknown = 50,

    /// <summary>The bidder, the part or the price does not suit the auction.</summary>
    BidUnsuitable = 51,

    /// <summary>The account is being auctioned: nobody trades for it and nothing leaves it.</summary>
    AccountInAuction = 52,

    /// <summary>The account may not be liquidated now: a price, a breaker or two persons hold it.</summary>
    LiquidationHeld = 53,

    /// <summary>No such override waits for its second person.</summary>
    OverrideUnknown = 60,

    /// <summary>This person may not decide it: it is his own account, he proposed it himself, or he is no person.</summary>
    PersonUnsuitable = 61,

    /// <summary>What the override orders has nothing to act on.</summary>
    OverrideUnsuitable = 62,

    /// <summary>A price this hangs on is not good enough for it: what may be done on a price of each status is in the parameters.</summary>
    OraclePriceUnfit = 70,

    /// <summary>The parameters do not say how reports on the asset are joined.</summary>
    OracleTermsMissing = 71,

    /// <summary>The instrument is paused, or gathers orders for a batch.</summary>
    TradingPaused = 90,

    /// <summary>The whole venue is halted.</summary>
    VenueHalted = 91,

    /// <summary>There is no mutual pool, or this asset is not staked in it.</summary>
    CoverNotOffered = 80,

    /// <summary>The account has not staked, or not asked back, that much.</summary>
    StakeSmaller = 81,

    /// <summary>The cooldown of what was asked back has not run out, or so long ago that the ask has lapsed.</summary>
    UnstakeNotDue = 82,

    /// <summary>The pool would be left with less capital than its cover requires.</summary>
    PoolCapitalShort = 83,
}
