using System.Text.Json.Serialization;

namespace Plimsoll.Engine.Commands;

/// <summary>
/// Something that happened. Applying it changes the venue and asks nothing: live and replay run the same line.
/// An event type is never changed once it has been journaled, only succeeded by a new one.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AssetListed), "asset-listed")]
[JsonDerivedType(typeof(InstrumentListed), "instrument-listed")]
[JsonDerivedType(typeof(ParametersSet), "parameters-set")]
[JsonDerivedType(typeof(ParametersProposed), "parameters-proposed")]
[JsonDerivedType(typeof(ParametersApplied), "parameters-applied")]
[JsonDerivedType(typeof(ParametersHeld), "parameters-held")]
[JsonDerivedType(typeof(ProposalWithdrawn), "proposal-withdrawn")]
[JsonDerivedType(typeof(AccountOpened), "account-opened")]
[JsonDerivedType(typeof(AccountClassified), "account-classified")]
[JsonDerivedType(typeof(MarginModeSet), "margin-mode-set")]
[JsonDerivedType(typeof(CollateralMoved), "collateral-moved")]
[JsonDerivedType(typeof(BucketSet), "bucket-set")]
[JsonDerivedType(typeof(BucketDropped), "bucket-dropped")]
[JsonDerivedType(typeof(LimitSet), "limit-set")]
[JsonDerivedType(typeof(LimitDropped), "limit-dropped")]
[JsonDerivedType(typeof(LimitBreached), "limit-breached")]
[JsonDerivedType(typeof(LimitCured), "limit-cured")]
[JsonDerivedType(typeof(Deposited), "deposited")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(Endowed), "endowed")]
[JsonDerivedType(typeof(HoldingsMoved), "holdings-moved")]
[JsonDerivedType(typeof(CapitalMoved), "capital-moved")]
[JsonDerivedType(typeof(HoldingsConverted), "holdings-converted")]
[JsonDerivedType(typeof(Borrowed), "borrowed")]
[JsonDerivedType(typeof(Repaid), "repaid")]
[JsonDerivedType(typeof(InterestAccrued), "interest-accrued")]
[JsonDerivedType(typeof(InterestIndexed), "interest-indexed")]
[JsonDerivedType(typeof(LoanCharged), "loan-charged")]
[JsonDerivedType(typeof(OrderPlaced), "order-placed")]
[JsonDerivedType(typeof(OrderCancelled), "order-cancelled")]
[JsonDerivedType(typeof(Filled), "filled")]
[JsonDerivedType(typeof(PricesMoved), "prices-moved")]
[JsonDerivedType(typeof(QuotesIgnored), "quotes-ignored")]
[JsonDerivedType(typeof(PricesReported), "prices-reported")]
[JsonDerivedType(typeof(ReportsIgnored), "reports-ignored")]
[JsonDerivedType(typeof(OracleStatusChanged), "oracle-status-changed")]
[JsonDerivedType(typeof(FundingPaid), "funding-paid")]
[JsonDerivedType(typeof(ExpirySettled), "expiry-settled")]
[JsonDerivedType(typeof(MarginCalled), "margin-called")]
[JsonDerivedType(typeof(MarginCallLifted), "margin-call-lifted")]
[JsonDerivedType(typeof(OrdersCancelled), "orders-cancelled")]
[JsonDerivedType(typeof(PositionLiquidated), "position-liquidated")]
[JsonDerivedType(typeof(CollateralSold), "collateral-sold")]
[JsonDerivedType(typeof(FundDrawn), "fund-drawn")]
[JsonDerivedType(typeof(Deleveraged), "deleveraged")]
[JsonDerivedType(typeof(TakeoversPassedOn), "takeovers-passed-on")]
[JsonDerivedType(typeof(LossBorne), "loss-borne")]
[JsonDerivedType(typeof(CoverClaimed), "cover-claimed")]
[JsonDerivedType(typeof(LossSocialised), "loss-socialised")]
[JsonDerivedType(typeof(DeficitSettled), "deficit-settled")]
[JsonDerivedType(typeof(PoolFeesPaid), "pool-fees-paid")]
[JsonDerivedType(typeof(CallAcknowledged), "call-acknowledged")]
[JsonDerivedType(typeof(OverrideProposed), "override-proposed")]
[JsonDerivedType(typeof(OverrideConfirmed), "override-confirmed")]
[JsonDerivedType(typeof(OverrideWithdrawn), "override-withdrawn")]
[JsonDerivedType(typeof(OverrideEnded), "override-ended")]
public abstract record Event
{
    /// <summary>Changes; asks nothing.</summary>
    /// <param name="venue">The venue the event happened at.</param>
    public abstract void Apply(VenueState venue);
}
