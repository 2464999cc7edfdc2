using System.Text.Json.Serialization;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>
/// Something the venue is asked to do. <see cref="Decide(VenueState, Instant)"/> answers and changes nothing; what it accepts is a list of
/// events, and applying those is the only thing that ever changes the venue.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ListAsset), "list-asset")]
[JsonDerivedType(typeof(ListInstrument), "list-instrument")]
[JsonDerivedType(typeof(SetParameters), "set-parameters")]
[JsonDerivedType(typeof(ProposeParameters), "propose-parameters")]
[JsonDerivedType(typeof(ApplyParameters), "apply-parameters")]
[JsonDerivedType(typeof(WithdrawProposal), "withdraw-proposal")]
[JsonDerivedType(typeof(OpenAccount), "open-account")]
[JsonDerivedType(typeof(ClassifyAccount), "classify-account")]
[JsonDerivedType(typeof(SetMarginMode), "set-margin-mode")]
[JsonDerivedType(typeof(OpenIsolated), "open-isolated")]
[JsonDerivedType(typeof(MoveCollateral), "move-collateral")]
[JsonDerivedType(typeof(SetBucket), "set-bucket")]
[JsonDerivedType(typeof(DropBucket), "drop-bucket")]
[JsonDerivedType(typeof(SetLimit), "set-limit")]
[JsonDerivedType(typeof(DropLimit), "drop-limit")]
[JsonDerivedType(typeof(Deposit), "deposit")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(Endow), "endow")]
[JsonDerivedType(typeof(StakeCover), "stake-cover")]
[JsonDerivedType(typeof(RequestUnstake), "request-unstake")]
[JsonDerivedType(typeof(Unstake), "unstake")]
[JsonDerivedType(typeof(MoveHoldings), "move-holdings")]
[JsonDerivedType(typeof(MoveCapital), "move-capital")]
[JsonDerivedType(typeof(ConvertHoldings), "convert-holdings")]
[JsonDerivedType(typeof(Borrow), "borrow")]
[JsonDerivedType(typeof(Repay), "repay")]
[JsonDerivedType(typeof(AccrueInterest), "accrue-interest")]
[JsonDerivedType(typeof(PlaceOrder), "place-order")]
[JsonDerivedType(typeof(CancelOrder), "cancel-order")]
[JsonDerivedType(typeof(ReportFill), "report-fill")]
[JsonDerivedType(typeof(MovePrices), "move-prices")]
[JsonDerivedType(typeof(ReportPrices), "report-prices")]
[JsonDerivedType(typeof(PayFunding), "pay-funding")]
[JsonDerivedType(typeof(SettleExpiry), "settle-expiry")]
[JsonDerivedType(typeof(PayPoolFees), "pay-pool-fees")]
[JsonDerivedType(typeof(AcknowledgeCall), "acknowledge-call")]
[JsonDerivedType(typeof(ProposeOverride), "propose-override")]
[JsonDerivedType(typeof(ConfirmOverride), "confirm-override")]
[JsonDerivedType(typeof(WithdrawOverride), "withdraw-override")]
[JsonDerivedType(typeof(PassTime), "pass-time")]
[JsonDerivedType(typeof(Bid), "bid")]
public abstract record Command
{
    /// <summary>Answers; changes nothing.</summary>
    /// <param name="venue">The venue as it stands.</param>
    /// <param name="now">The venue's time.</param>
    public abstract Decision Decide(VenueState venue, Instant now);

    /// <summary>Answers, knowing who asks; the same for everybody unless the command says otherwise.</summary>
    /// <param name="venue">The venue as it stands.</param>
    /// <param name="by">Who asks: the envelope's.</param>
    /// <param name="now">The venue's time.</param>
    public virtual Decision Decide(VenueState venue, AccountId by, Instant now) => Decide(venue, now);
}
