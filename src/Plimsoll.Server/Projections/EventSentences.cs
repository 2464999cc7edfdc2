using System.Globalization;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Limits;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>
/// Says in a sentence what happened. What a venue does all day (prices, fills, deposits, orders) is left to the journal;
/// the feed tells what a risk desk wants to know.
/// </summary>
internal sealed class EventSentences
{
    private const double Large = 100_000;
    private static readonly AccountId Provider = new("liquidity");

    // Looked up by name and never enumerated.
    private readonly Dictionary<AssetId, AssetScale> _scales = [];
    private readonly Dictionary<InstrumentId, decimal> _lots = [];

    public EventSentences(Catalog catalog)
    {
        foreach (Asset asset in catalog.Assets) _scales[asset.Id] = asset.Scale;
        foreach (Instrument instrument in catalog.Instruments) _lots[instrument.Id] = instrument.LotSize;
    }

    /// <summary>The line of an event; none where it is not told.</summary>
    public FeedEvent? Of(long sequence, Instant at, Event happened)
    {
        Learn(happened);
        if (Sentence(happened) is not { } line) return null;

        return new FeedEvent(sequence, at.ToString(), line.Kind, line.Account?.Value, line.Text, line.Severity);
    }

    private static string Usd(double value) => string.Create(CultureInfo.InvariantCulture, $"USD {value:#,##0}");

    private Line? Sentence(Event happened) => happened switch
    {
        MarginCalled e => new("margin-call", e.Account, e.MarginRatio is { } ratio
            ? string.Create(CultureInfo.InvariantCulture, $"{e.Account} is called for margin: {ratio * 100:0.0} % of its collateral is required")
            : $"{e.Account} is called for margin: nothing of its collateral counts", "warning"),
        MarginCallLifted e => new("margin-call-lifted", e.Account, $"{e.Account} is healthy again", "info"),
        LiquidationEnded { Ending: LiquidationEnding.WoundUp } e => new("wound-up", e.Account, $"{e.Account} is wound up: nothing of it is left to sell", "info"),
        PositionLiquidated e => new("liquidation", e.Account,
            $"{(e.Change.Sign < 0 ? "Sold" : "Bought back")} {Size(e.Instrument, e.Change.Size)} {e.Instrument} of {e.Account} at {Brief.Of(e.Price.Value)} ({Usd(e.Notional)})", Weight(e.Notional)),
        CollateralSold e => new("liquidation", e.Account,
            $"Sold {Coins(e.Sold, e.SoldAmount)} of {e.Account} for {Coins(e.Bought, e.BoughtAmount)} owed ({Usd(e.Notional)})", Weight(e.Notional)),
        OrdersCancelled e => new("orders-cancelled", e.Account, $"All orders of {e.Account} were cancelled before its liquidation", "info"),
        FundDrawn e => new("fund", e.Account, $"{Capital(FundName.Of(e.From ?? Fund.InsuranceFund))} pays {Coins(e.Asset, e.Amount)} that {e.Account} owed ({Usd(e.Worth)})", "critical"),
        CoverClaimed e => new("fund", e.Account, $"{e.Insurer} owes {Coins(e.Asset, e.Amount)} that {e.Account} owed ({Usd(e.Worth)}): a claim, not yet paid in", "critical"),
        LossSocialised e => new("socialised", e.Account, $"{e.Shares.Count} accounts with positions share {Coins(e.Asset, e.Amount)} that {e.Account} owed ({Usd(e.Worth)})", "critical"),
        Deleveraged { Shares: [{ Account: var only }] } e => new("adl", e.Account,
            $"{only} took over the {e.Instrument} position of {e.Account} at its bankruptcy price {Brief.Of(e.Price.Value)} ({Usd(e.Notional)})", "critical"),
        TakeoversPassedOn e when e.Provider != Provider => new("adl", e.Provider,
            $"{e.Shares.Count} accounts took over the {e.Instrument} position of the closed backstop {e.Provider} at the mark {Brief.Of(e.Price.Value)} ({Usd(e.Notional)})", "critical"),
        TakeoversPassedOn e => new("adl", null,
            $"{e.Shares.Count} accounts took over {e.Instrument} positions of bankrupt accounts at their average price {Brief.Of(e.Price.Value)} ({Usd(e.Notional)})", "critical"),
        Deleveraged e => new("adl", e.Account,
            $"{e.Shares.Count} accounts took over the {e.Instrument} position of {e.Account} at its bankruptcy price {Brief.Of(e.Price.Value)} ({Usd(e.Notional)})", "critical"),
        LossBorne e => new("socialised", e.Account, $"The venue itself bears {Coins(e.Asset, e.Amount)} that {e.Account} owed ({Usd(e.Worth)}): bad debt", "critical"),
        _ => OfTheVenue(happened),
    };

    private Line? OfTheVenue(Event happened) => happened switch
    {
        CallAcknowledged e => new("call-acknowledged", e.Account, $"{e.By} acknowledged the call of {e.Account}{(e.Note is { } note ? $": {note}" : "")}", "info"),
        OverrideProposed e => new("override", e.Account, $"{e.By} proposes to {Order(e.Kind)} {e.Account} (number {e.Number}): {e.Reason}", "warning"),
        OverrideConfirmed e => new("override", e.Account, $"{e.By} confirmed number {e.Number}: {Order(e.Kind)} {e.Account}", "critical"),
        OverrideWithdrawn e => new("override", null, $"{e.By} withdrew override number {e.Number}: {e.Reason}", "info"),
        OverrideEnded e => new("override", e.Account, $"Override number {e.Number} of {e.Account} is over: {Over(e.Ending)}", e.Ending == OverrideEnding.EquityGone ? "critical" : "info"),
        BreakerTripped e => new("breaker", null, $"{e.Instrument} is paused until {e.Until}: {e.Reason}", "critical"),
        BatchOpened e => new("breaker", null, $"{e.Instrument} gathers orders until {e.Until}: {e.Reason}", "warning"),
        Reopened e => new("breaker", null, $"{e.Instrument} is traded again: {e.Reason}", "info"),
        VenueHalted e => new("breaker", null, $"The whole venue is halted until {e.Until}: {e.Reason}", "critical"),
        HaltEased e => new("breaker", null, $"Liquidations and what leaves less open go on: {e.Reason}", "critical"),
        VenueResumed e => new("breaker", null, $"The whole venue is traded again: {e.Reason}", "info"),
        ThrottleLifted e => new("breaker", null, $"Liquidations that waited go on: a period is over in which {Usd(e.Liquidated)} were liquidated and {Usd(e.Deleveraged)} deleveraged", "info"),
        LimitBreached e => new("limit", e.Account, string.Create(CultureInfo.InvariantCulture, $"{(e.Account is { } who ? $"{who} is" : "Exposure is")} beyond the {e.Level.ToString().ToLowerInvariant()} line of limit {e.Limit}: {Usd(e.Value)} of {Usd(e.Line)}"), e.Level == LimitLevel.Hard ? "critical" : "warning"),
        LimitCured e => new("limit-cured", e.Account, $"{(e.Account is { } who ? $"{who} is" : "Exposure is")} back {(e.Level == LimitLevel.Within ? "within" : "under the hard line of")} limit {e.Limit}", "info"),
        LimitSet e => new("limits", null, $"Limit {e.Limit} is set", "info"),
        LimitDropped e => new("limits", null, $"Limit {e.Limit} is dropped", "info"),
        ParametersSet => new("parameters", null, "New risk parameters are in force; every account was judged anew", "warning"),
        ParametersProposed e => new("parameters", null, $"Risk parameters number {e.Version} are proposed for {e.EffectiveAt}: {e.Reason}{(e.Liquidations > 0 ? $"; today they would liquidate {e.Liquidations} accounts" : "")}", e.Liquidations > 0 ? "warning" : "info"),
        ParametersApplied e => new("parameters", null, $"Risk parameters number {e.Version} are in force; every account was judged anew", "warning"),
        ParametersHeld e => new("parameters", null, $"Risk parameters number {e.Version} are held: they would liquidate {e.Liquidations} accounts, allowed are {e.MaxLiquidations}", "critical"),
        ProposalWithdrawn e => new("parameters", null, $"Risk parameters number {e.Version} were withdrawn: {e.Reason}", "info"),
        QuotesIgnored e => new("prices", null, $"Quotes older than what is known were ignored: {string.Join(", ", e.Quotes.Select(quote => $"{quote.Asset} of {quote.ObservedAt}"))}", "warning"),
        OracleStatusChanged e => new("oracle", null, $"The price of {e.Asset} is {e.To.ToString().ToLowerInvariant()}: {e.Reason}", e.To >= OracleStatus.Stale ? "critical" : e.To == OracleStatus.Degraded ? "warning" : "info"),
        ReportsIgnored e => new("prices", null, $"Reports that came from the future, again or too late were ignored: {e.Reports.Count}, the first on {e.Reports[0].Asset} of {e.Reports[0].Source}", "warning"),
        MarginModeSet e => new("margin-mode", e.Account, e.Instrument is { } only ? $"{e.Account} is isolated: {only} against {e.Asset}" : $"{e.Account} is judged in {e.Mode.ToString().ToLowerInvariant()} mode", "info"),
        AssetListed e => new("listing", null, $"{e.Asset} was listed", "info"),
        InstrumentListed e => new("listing", null, $"{e.Instrument} was listed, settled in {e.Settlement}", "info"),
        ExpirySettled e => new("expiry", null, $"{e.Instrument} expired and was settled at {Brief.Of(e.Price.Value)}", "info"),
        CoverStaked e => new("pool", e.Account, $"{e.Account} staked {Coins(e.Asset, e.Amount)} in the mutual pool", "info"),
        UnstakeRequested e => new("pool", e.Account, $"{e.Account} asked its stake of {e.Asset} back; it may take it from {e.DueAt} on", "info"),
        CoverUnstaked e => new("pool", e.Account, $"{e.Account} took {Coins(e.Asset, e.Amount)} back from the mutual pool", "info"),
        PremiumPaid { Parts: [_, ..] parts } => new("pool", null, $"The pool was paid its premium: {string.Join(", ", parts.Select(part => Coins(part.Asset, part.FromFees + part.FromOwnFunds)))}", "info"),
        Endowed e => new("treasury", null, $"{Coins(e.Asset, e.Amount)} was brought into {FundName.Of(e.Fund)}, held {FundName.Of(e.Place)}", "info"),
        CapitalMoved e => new("treasury", null, $"{Coins(e.Asset, e.Amount)} moved from {FundName.Of(e.From)} to {FundName.Of(e.To)}", "info"),
        HoldingsMoved e => new("treasury", null, $"{Coins(e.Asset, e.Amount)} moved from {FundName.Of(e.From)} to {FundName.Of(e.To)}", "info"),
        HoldingsConverted e => new("treasury", null, $"{Coins(e.Give, e.Given)} became {Coins(e.Get, e.Got)}", "warning"),
        _ => null,
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Order(OverrideKind kind) => kind switch
    {
        OverrideKind.HoldLiquidation => "hold the liquidation of",
        OverrideKind.LiquidateNow => "liquidate now",
        _ => "release",
    };

    private static string Over(OverrideEnding ending) => ending switch
    {
        OverrideEnding.Unconfirmed => "nobody confirmed it in time",
        OverrideEnding.Expired => "its time came to an end",
        OverrideEnding.EquityGone => "the account's equity fell to its bound",
        OverrideEnding.Recovered => "the account has recovered",
        OverrideEnding.Released => "two persons released it",
        _ => "two persons ordered something else",
    };

    private static string Weight(double notional) => notional >= Large ? "critical" : "warning";

    private string Size(InstrumentId instrument, Lots lots) =>
        Price.Canonical(lots.ToSize(_lots.GetValueOrDefault(instrument, 1m))).ToString(CultureInfo.InvariantCulture);

    private string Coins(AssetId asset, Amount amount) => $"{Brief.Of(_scales.GetValueOrDefault(asset), amount)} {asset}";

    private void Learn(Event happened)
    {
        if (happened is AssetListed asset) _scales[asset.Asset] = new AssetScale(asset.Decimals);
        if (happened is InstrumentListed instrument) _lots[instrument.Instrument] = instrument.LotSize;
    }

    private readonly record struct Line(string Kind, AccountId? Account, string Text, string Severity);
}
