using System.Collections.Immutable;
using System.Text.Json;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// A venue that does not exist, as a file describes it: what it lists, how it judges, who its customers are and how what it
/// owes differs from what it holds. Format: <c>docs/formats/venue.md</c>. Read by <see cref="VenueFileReader"/>.
/// </summary>
public sealed record VenueFile
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The whole of its chance.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Accounts it has unless told otherwise; amounts of funds are meant for so many.</summary>
    public required int Accounts { get; init; }

    /// <summary>Its own price path, a file beside it (<see cref="Paths.HourlyLows"/>).</summary>
    public required string Prices { get; init; }

    /// <summary>What a person reads above the chart of that path.</summary>
    public required string Label { get; init; }

    /// <summary>Risk parameters, a file beside it; none means the house's starting set.</summary>
    public string? Parameters { get; init; }

    /// <summary>Assets in the order of listing.</summary>
    public required ImmutableArray<AssetEntry> Assets { get; init; }

    /// <summary>How assets without prices of their own are priced.</summary>
    public required ImmutableArray<RuleEntry> Rules { get; init; }

    /// <summary>Instruments in the order of listing.</summary>
    public required ImmutableArray<InstrumentEntry> Instruments { get; init; }

    /// <summary>Who its customers are.</summary>
    public required ImmutableArray<PopulationEntry> Population { get; init; }

    /// <summary>What its owners brought in.</summary>
    public required ImmutableArray<EndowmentEntry> Endowments { get; init; }

    /// <summary>Where, and as what, it holds what customers brought.</summary>
    public required ImmutableArray<HoldingEntry> Holdings { get; init; }

    /// <summary>How soon what lies at a place can be paid out.</summary>
    public required ImmutableArray<AvailabilityEntry> Availability { get; init; }

    /// <summary>Part of the accounts that take their money out while prices fall, 0 to 1.</summary>
    public required double Runners { get; init; }

    /// <summary>Who bids in its auctions.</summary>
    public ImmutableArray<BidderEntry> Bidders { get; init; } = [];

    /// <summary>Which customers stake what they brought in the mutual pool of cover, where the rulebook has one that takes it.</summary>
    public ImmutableArray<StakeEntry> Stakes { get; init; } = [];

    /// <summary>Commands of the venue itself that end its opening, once everything else is in place: risk buckets, limits, classes.</summary>
    public ImmutableArray<JsonElement> Opening { get; init; } = [];
}

/// <summary>An asset the venue lists.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Decimals">Decimals of its smallest unit.</param>
/// <param name="Class">major, alt, stable, staked or fiat.</param>
/// <param name="Reference">Its price when the file was written: what strikes and rules are meant for.</param>
/// <param name="Follows">The asset it is a claim on.</param>
public sealed record AssetEntry(string Asset, int Decimals, string Class, decimal Reference, string? Follows = null);

/// <summary>How an asset without prices of its own is priced; see <see cref="Paths.PriceRule"/>.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Leader">The asset it is led by; none for a fixed price.</param>
/// <param name="Beta">Share of the leader's log return.</param>
/// <param name="Discount">Constant part missing from the leader's price; makes it a claim on the leader.</param>
/// <param name="Widening">Further part missing for each whole fall of the leader.</param>
public sealed record RuleEntry(string Asset, string? Leader = null, double Beta = 1, decimal? Discount = null, decimal Widening = 0);

/// <summary>An instrument the venue lists.</summary>
/// <param name="Instrument">Its name in Deribit's grammar.</param>
/// <param name="Payoff">linear or inverse.</param>
/// <param name="Settlement">What it settles in.</param>
/// <param name="LotSize">The smallest size.</param>
/// <param name="TickSize">The smallest step of its price.</param>
/// <param name="Weight">How often customers choose it, against the others; 0 for never.</param>
/// <param name="Volatility">Annual volatility at the start; options only.</param>
/// <param name="Basis">Annual premium of its forward over the index; dated contracts only.</param>
public sealed record InstrumentEntry(
    string Instrument,
    string Payoff,
    string Settlement,
    decimal LotSize,
    decimal TickSize,
    double Weight = 0,
    double? Volatility = null,
    double Basis = 0);

/// <summary>One kind of customer.</summary>
/// <param name="Kind">retail, whale, miner, staker, borrower or saver: what such accounts do; also their name's first word.</param>
/// <param name="Part">Part of all accounts, 0 to 1.</param>
/// <param name="MedianDeposit">Median of what they bring, in the numeraire; log-normal.</param>
/// <param name="DepositSpread">Standard deviation of its logarithm.</param>
/// <param name="MedianLeverage">Median of notional over deposit; log-normal, bounded by initial margin. For borrowers: of loan over collateral.</param>
/// <param name="LeverageSpread">Standard deviation of its logarithm.</param>
/// <param name="Longs">Part of their positions that are long, 0 to 1.</param>
/// <param name="Collateral">What they bring, by weight.</param>
public sealed record PopulationEntry(
    string Kind,
    double Part,
    double MedianDeposit,
    double DepositSpread,
    double MedianLeverage,
    double LeverageSpread,
    double Longs,
    ImmutableSortedDictionary<string, double> Collateral);

/// <summary>What the owners brought into one of the venue's funds.</summary>
/// <param name="Fund">insurance-fund, first-loss or own-funds.</param>
/// <param name="Asset">What.</param>
/// <param name="Amount">How much, in whole coins, for the file's own number of accounts.</param>
public sealed record EndowmentEntry(string Fund, string Asset, decimal Amount);

/// <summary>Somebody who bids in auctions when it pays him.</summary>
/// <param name="Account">His account.</param>
/// <param name="Cash">What he brings, in the numeraire, for the file's own number of accounts.</param>
/// <param name="Edge">What must be left to him after laying off, as a part of what he takes over, 0 to 1.</param>
public sealed record BidderEntry(string Account, decimal Cash, double Edge);

/// <summary>What customers of a kind stake in the mutual pool.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Part">Part of what each of them brought of it, above 0 to 1.</param>
public sealed record StakeEntry(string Kind, string Asset, decimal Part);

/// <summary>Where, and as what, the venue holds what customers brought of one asset. What no part names stays hot.</summary>
/// <param name="Asset">What it owes.</param>
/// <param name="Place">cold, staked, lent or bank.</param>
/// <param name="Part">Part of what is owed, 0 to 1.</param>
/// <param name="As">The other asset it is held as, exchanged at the opening price; none for the asset itself.</param>
public sealed record HoldingEntry(string Asset, string Place, decimal Part, string? As = null);

/// <summary>How soon what lies at a place can be paid out.</summary>
/// <param name="Place">hot, cold, staked, lent or bank.</param>
/// <param name="Hours">Hours from the call until it can be paid.</param>
/// <param name="Asset">The one asset the rule is for; none for all without one of their own.</param>
/// <param name="Zone">IANA zone of the way out's opening hours; none for ways that never close.</param>
/// <param name="Opens">Local time of opening, Monday to Friday.</param>
/// <param name="Closes">Local time of closing.</param>
public sealed record AvailabilityEntry(string Place, int Hours, string? Asset = null, string? Zone = null, TimeOnly? Opens = null, TimeOnly? Closes = null);
