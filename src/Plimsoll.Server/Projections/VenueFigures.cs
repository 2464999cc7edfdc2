namespace Plimsoll.Server.Projections;

/// <summary>Everything the page's header shows of a venue. Figures without a unit are in the numeraire.</summary>
/// <param name="Name">What the venue is called.</param>
/// <param name="Time">The venue's time, ISO 8601.</param>
/// <param name="Sequence">The last durable journal entry.</param>
/// <param name="JournalHash">The chained hash of that entry.</param>
/// <param name="Demo">The story played, where it is one.</param>
/// <param name="Numeraire">The unit of all model figures.</param>
/// <param name="Headline">The load line.</param>
/// <param name="Accounts">How many accounts are open.</param>
/// <param name="OpenInterest">Size of all longs.</param>
/// <param name="Equity">What all accounts are worth together.</param>
/// <param name="Fund">The insurance fund.</param>
/// <param name="BadDebt">What the venue itself had to bear so far.</param>
/// <param name="Counters">What has happened so far.</param>
/// <param name="Feeds">Every asset's last price.</param>
/// <param name="Coverage">Claims against holdings, for every asset of which something is claimed.</param>
/// <param name="ExpectedShortfall">What the venue's own book would lose if recent days came again; none before it was first looked at.</param>
/// <param name="Attestation">The last attestation.</param>
/// <param name="Halted">Why the engine has stopped; none while it runs.</param>
public sealed record VenueFigures(
    string Name,
    string Time,
    long Sequence,
    string JournalHash,
    DemoFigures? Demo,
    string Numeraire,
    HeadlineFigures Headline,
    int Accounts,
    double OpenInterest,
    double Equity,
    FundFigures Fund,
    double BadDebt,
    CounterFigures Counters,
    IReadOnlyList<FeedFigures> Feeds,
    IReadOnlyList<CoverageFigures> Coverage,
    ShortfallFigures? ExpectedShortfall,
    AttestationFigures? Attestation,
    string? Halted);

/// <summary>The story that is played.</summary>
/// <param name="Running">Whether it has not ended and is not paused.</param>
/// <param name="Speed">Seconds of the venue's time in a second of ours.</param>
/// <param name="Progress">How much of it has been played, 0 to 1.</param>
/// <param name="Label">What it is.</param>
/// <param name="Synthetic">Whether its prices are invented.</param>
public sealed record DemoFigures(bool Running, double Speed, double Progress, string Label, bool Synthetic);

/// <summary>The load line at the worst asset.</summary>
/// <param name="Asset">The worst asset; the numeraire where nothing is claimed.</param>
/// <param name="Coverage">Its holdings over claims; 1 where nothing is claimed.</param>
/// <param name="SurvivalHours">Hours the venue outlasts the run in the asset that is dry first; none where all outlast it.</param>
/// <param name="Verdict"><c>afloat</c>, <c>awash</c> or <c>sunk</c>.</param>
/// <param name="Text">The line in words.</param>
public sealed record HeadlineFigures(string Asset, double Coverage, double? SurvivalHours, string Verdict, string Text);

/// <summary>The insurance fund.</summary>
/// <param name="Balance">Its worth.</param>
/// <param name="Start">Worth, at today's prices, of what was brought into it.</param>
/// <param name="LargestLoss">The most any one account would lose beyond its equity in its worst scenario.</param>
/// <param name="ByAsset">What it holds, in whole coins.</param>
public sealed record FundFigures(double Balance, double Start, double LargestLoss, IReadOnlyList<AssetAmount> ByAsset);

/// <summary>An amount of an asset.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Amount">Whole coins, exact.</param>
public sealed record AssetAmount(string Asset, string Amount);

/// <summary>What has happened so far.</summary>
/// <param name="MarginCalls">Margin calls.</param>
/// <param name="Liquidations">Liquidation fills and collateral sales.</param>
/// <param name="Adl">Accounts deleveraged, each time counted.</param>
/// <param name="Bankruptcies">Accounts that lost more than they had.</param>
/// <param name="Refused">Commands refused since the server started.</param>
public sealed record CounterFigures(long MarginCalls, long Liquidations, long Adl, long Bankruptcies, long Refused);

/// <summary>What a feed last said.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Price">Its price in the numeraire; none before the first.</param>
/// <param name="Source">Who said so.</param>
/// <param name="AgeSeconds">Seconds of the venue's time since it was seen.</param>
/// <param name="Confidence">Half width of its uncertainty, as a part of the price.</param>
/// <param name="State"><c>live</c>, <c>degraded</c> or <c>stale</c>.</param>
public sealed record FeedFigures(string Asset, string? Price, string Source, double AgeSeconds, double? Confidence, string State);

/// <summary>One asset's claims against its holdings, in whole coins.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Claims">What customers are owed.</param>
/// <param name="Deficit">What customers owe.</param>
/// <param name="Holdings">What the venue holds.</param>
/// <param name="Coverage">Holdings over claims.</param>
/// <param name="Hourly">What is available by some hours from now.</param>
/// <param name="SurvivalHours">Hours until a run has asked for more than is there; none within 30 days.</param>
/// <param name="ByPlace">Holdings by place.</param>
public sealed record CoverageFigures(
    string Asset,
    string Claims,
    string Deficit,
    string Holdings,
    double Coverage,
    IReadOnlyList<RungFigures> Hourly,
    double? SurvivalHours,
    IReadOnlyList<PlaceAmount> ByPlace);

/// <summary>What is available by some hour.</summary>
/// <param name="Hours">Hours from now.</param>
/// <param name="Available">Whole coins.</param>
/// <param name="Coverage">Available over claims.</param>
public sealed record RungFigures(int Hours, string Available, double Coverage);

/// <summary>What lies at a place.</summary>
/// <param name="Place">The place.</param>
/// <param name="Amount">Whole coins; negative where it is overdrawn.</param>
public sealed record PlaceAmount(string Place, string Amount);

/// <summary>The venue's own expected shortfall; losses are positive.</summary>
/// <param name="Value">Mean loss of the worst windows; none where <paramref name="Reason"/> says why.</param>
/// <param name="Windows">How many windows of history were asked.</param>
/// <param name="Confidence">The part of windows not in the tail.</param>
/// <param name="Reason">Why there is no value; none where there is one.</param>
public sealed record ShortfallFigures(double? Value, int Windows, double Confidence, string? Reason);

/// <summary>The last attestation.</summary>
/// <param name="Epoch">The journal entry it was taken at.</param>
/// <param name="Root">The published hash.</param>
/// <param name="Accounts">How many accounts it counts.</param>
/// <param name="At">The venue's time of the balances.</param>
/// <param name="Unsafe">Whether its secret can be guessed, as a demo's can: such proofs hide nothing.</param>
public sealed record AttestationFigures(long Epoch, string Root, int Accounts, string At, bool Unsafe);
