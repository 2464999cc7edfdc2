using System.Collections.Immutable;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>
/// How a liquidation goes from stage to stage: warning, call with a deadline, slices, auction, backstop. Left out, an account
/// under maintenance is liquidated whole in the tick in which it sinks.
/// </summary>
/// <remarks>
/// Time is counted in periods of the venue's own clock, from 1970 on: caps and slices are per period, and what fell due in a
/// period is done once in it. Parameters that contradict each other or could go on for ever are refused, naming the field.
/// </remarks>
public sealed record PhaseTerms
{
    /// <summary>The longest deadline, auction or period, in seconds.</summary>
    public const int MaxSeconds = 30 * 86_400;

    /// <summary>No phases.</summary>
    public static PhaseTerms None { get; } = new();

    /// <summary>Seconds of a period, 1 to a day; 0 where there are no phases.</summary>
    public int PeriodSeconds { get; init; }

    /// <summary>The margin ratio from which an account is warned, above 0 and below that of a call; none for no warnings.</summary>
    public decimal? WarnAt { get; init; }

    /// <summary>Seconds a called account has to restore its initial margin before it is reduced to it; none for no deadline.</summary>
    public int? CallSeconds { get; init; }

    /// <summary>How large a slice may be; none sells a plan in one slice.</summary>
    public SliceTerms? Slices { get; init; }

    /// <summary>The most of a period, stage by stage.</summary>
    public PhaseCaps Caps { get; init; } = PhaseCaps.None;

    /// <summary>Notional (numeraire) below which what would be left of a position is closed at once, at least 0.</summary>
    public decimal Dust { get; init; }

    /// <summary>The auction of what cannot be sold; none for no auction.</summary>
    public AuctionPhaseTerms? Auction { get; init; }

    /// <summary>Who takes what nobody bid for; none for nobody.</summary>
    public BackstopTerms? Backstop { get; init; }

    /// <summary>Whether an account goes to auction as soon as selling would lower its health, before any of it is sold.</summary>
    public bool Halt { get; init; }

    /// <summary>Whether there are no phases.</summary>
    public bool IsNone => PeriodSeconds == 0 && this == None;

    /// <summary>Microseconds of a period.</summary>
    public long PeriodMicroseconds => 1_000_000L * PeriodSeconds;

    internal void Check(string field, decimal callAt)
    {
        if (IsNone) return;

        Ranges.Check($"{field}.periodSeconds", PeriodSeconds, 1m, 86_400m);
        if (WarnAt is { } warn && (warn <= 0m || warn >= callAt)) throw new InputException($"{field}.warnAt", $"{warn} lies outside 0 to callAt {callAt} (both excluded)");
        if (CallSeconds is { } call) Ranges.Check($"{field}.callSeconds", call, 1m, MaxSeconds);
        if (Caps is null) throw new InputException($"{field}.caps", "is missing");
        Slices?.Check($"{field}.slices");
        Caps.Check($"{field}.caps");
        Auction?.Check($"{field}.auction");
        Backstop?.Check($"{field}.backstop");
        Ranges.Check($"{field}.dust", Dust, 0m, LeverageTerms.MaxNotional);
        if (Dust > Caps.Least) throw new InputException($"{field}.dust", $"{Dust} lies above a cap of a period, {Caps.Least}: it could never be closed at once");
        if (Halt && Auction is null) throw new InputException($"{field}.halt", "has no auction to route to: an account would wait for ever");
    }

    internal PhaseTerms Canonical() => this with
    {
        WarnAt = WarnAt is { } warn ? Price.Canonical(warn) : null,
        Slices = Slices?.Canonical(),
        Caps = Caps.Canonical(),
        Dust = Price.Canonical(Dust),
        Auction = Auction?.Canonical(),
        Backstop = Backstop?.Canonical(),
    };
}

/// <summary>What waits in the market of one asset, as measured or as ruled.</summary>
/// <param name="Scope">The asset, or a class.</param>
/// <param name="Notional">What waits on one side within <paramref name="Distance"/> of the middle, in the numeraire, above 0: <c>plimsoll depth</c> measures it.</param>
/// <param name="Distance">How far from the middle, as a part of the price, above 0 and below 1.</param>
public sealed record DepthTerms(AssetScope Scope, decimal Notional, decimal Distance);

/// <summary>How large a slice may be. An asset without a line has the depth that its slippage implies.</summary>
/// <param name="Participation">The part of the depth that all liquidations together may take in a period, above 0 and at most 1.</param>
/// <param name="Depths">Depths, each asset and class once.</param>
/// <param name="RecoverySeconds">Seconds in which half of the depth that was taken comes back, 0 to a day; 0 has all of it back in the next period.</param>
public sealed record SliceTerms(decimal Participation, ImmutableArray<DepthTerms> Depths, int RecoverySeconds = 0)
{
    /// <summary>The same lines in the same order.</summary>
    public bool Equals(SliceTerms? other) => other is not null
        && Participation == other.Participation && RecoverySeconds == other.RecoverySeconds && Depths.AsSpan().SequenceEqual(other.Depths.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Participation.GetHashCode() ^ (31 * RecoverySeconds) ^ Depths.Length;

    internal void Check(string field)
    {
        Ranges.CheckAbove($"{field}.participation", Participation, 0m, 1m);
        Ranges.Check($"{field}.recoverySeconds", RecoverySeconds, 0m, 86_400m);
        if (Depths.IsDefault) throw new InputException($"{field}.depths", "is missing");
        AssetScope.CheckAll(Depths.Select(line => line.Scope), $"{field}.depths");
        foreach (DepthTerms line in Depths)
        {
            Ranges.CheckAbove($"{field}.depths.{line.Scope}.notional", line.Notional, 0m, LeverageTerms.MaxNotional);
            if (line.Distance is <= 0m or >= 1m) throw new InputException($"{field}.depths.{line.Scope}.distance", $"{line.Distance} lies outside 0 to 1 (both excluded)");
        }
    }

    internal SliceTerms Canonical() => new(
        Price.Canonical(Participation),
        [.. Depths.OrderBy(line => line.Scope).Select(line => new DepthTerms(line.Scope, Price.Canonical(line.Notional), Price.Canonical(line.Distance)))],
        RecoverySeconds);
}

/// <summary>The most notional (numeraire) of one period; none for no cap.</summary>
/// <param name="Account">Sold for one account.</param>
/// <param name="Venue">Sold for all accounts.</param>
/// <param name="Auction">Gone to bidders.</param>
/// <param name="Backstop">Taken by the backstop.</param>
public sealed record PhaseCaps(decimal? Account = null, decimal? Venue = null, decimal? Auction = null, decimal? Backstop = null)
{
    /// <summary>No caps.</summary>
    public static PhaseCaps None { get; } = new();

    internal decimal Least => Math.Min(Account ?? decimal.MaxValue, Venue ?? decimal.MaxValue);

    internal void Check(string field)
    {
        foreach ((string name, decimal? cap) in Lines())
        {
            if (cap is { } most) Ranges.CheckAbove($"{field}.{name}", most, 0m, LeverageTerms.MaxNotional);
        }

        if (Account > Venue) throw new InputException($"{field}.account", $"{Account} lies above the venue's {Venue}");
    }

    internal IEnumerable<(string Name, decimal? Cap)> Lines() => [("account", Account), ("venue", Venue), ("auction", Auction), ("backstop", Backstop)];

    internal PhaseCaps Canonical() => new(Digits(Account), Digits(Venue), Digits(Auction), Digits(Backstop));

    private static decimal? Digits(decimal? cap) => cap is { } most ? Price.Canonical(most) : null;
}

/// <summary>
/// A Dutch auction of what is left of an account: anybody takes a part of all of it, positions and collateral alike. While it is
/// worth something he pays its mark less a discount that rises step by step; once it is worth less than nothing he is paid.
/// </summary>
/// <param name="PaidIn">The asset bids are paid in.</param>
/// <param name="StartDiscount">Off the mark at the beginning, 0 to below 1.</param>
/// <param name="EndDiscount">Off the mark in the last step, not below the start and below 1.</param>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="StepSeconds">Seconds of a step, at most as long as the auction.</param>
/// <param name="LeastBid">The least part a bid may be for, above 0 and at most 1; less only where less restores the target.</param>
public sealed record AuctionPhaseTerms(AssetId PaidIn, decimal StartDiscount, decimal EndDiscount, int Seconds, int StepSeconds, decimal LeastBid)
{
    internal void Check(string field)
    {
        if (!Identifier.IsValid(PaidIn.Value)) throw new InputException($"{field}.paidIn", $"found '{PaidIn.Value}', expected an asset");
        if (StartDiscount is < 0m or >= 1m) throw new InputException($"{field}.startDiscount", $"{StartDiscount} lies outside 0 to 1 (excluded)");
        if (EndDiscount < StartDiscount || EndDiscount >= 1m) throw new InputException($"{field}.endDiscount", $"{EndDiscount} lies outside startDiscount {StartDiscount} to 1 (excluded)");
        Ranges.Check($"{field}.seconds", Seconds, 1m, PhaseTerms.MaxSeconds);
        Ranges.Check($"{field}.stepSeconds", StepSeconds, 1m, Seconds);
        Ranges.CheckAbove($"{field}.leastBid", LeastBid, 0m, 1m);
    }

    internal AuctionPhaseTerms Canonical() => this with
    {
        StartDiscount = Price.Canonical(StartDiscount),
        EndDiscount = Price.Canonical(EndDiscount),
        LeastBid = Price.Canonical(LeastBid),
    };
}

/// <summary>An account with capital of its own that takes what nobody bid for, and with nothing else of the venue's behind it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Capital">What it was given, in the numeraire, above 0.</param>
/// <param name="LossLimit">What it may lose of that, above 0 and at most all: with less equity left it is closed, and its book goes to the other side.</param>
/// <param name="MostNotional">The most notional it holds, in the numeraire, above 0.</param>
/// <param name="MostLeverage">The most notional it holds as a multiple of its equity, above 0.</param>
public sealed record BackstopTerms(AccountId Account, decimal Capital, decimal LossLimit, decimal MostNotional, decimal MostLeverage)
{
    internal void Check(string field)
    {
        if (!Identifier.IsValid(Account.Value)) throw new InputException($"{field}.account", $"found '{Account.Value}', expected an account");
        Ranges.CheckAbove($"{field}.capital", Capital, 0m, LeverageTerms.MaxNotional);
        Ranges.CheckAbove($"{field}.lossLimit", LossLimit, 0m, Capital);
        Ranges.CheckAbove($"{field}.mostNotional", MostNotional, 0m, LeverageTerms.MaxNotional);
        Ranges.CheckAbove($"{field}.mostLeverage", MostLeverage, 0m, 1_000m);
    }

    internal BackstopTerms Canonical() => this with
    {
        Capital = Price.Canonical(Capital),
        LossLimit = Price.Canonical(LossLimit),
        MostNotional = Price.Canonical(MostNotional),
        MostLeverage = Price.Canonical(MostLeverage),
    };
}
