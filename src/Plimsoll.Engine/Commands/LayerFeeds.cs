using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>A part of what was earned, for one layer of insurance.</summary>
/// <param name="To">The fund that is fed.</param>
/// <param name="Amount">How much.</param>
public sealed record LayerPart(Fund To, Amount Amount);

/// <summary>Layers of insurance got their parts of a fee or a penalty.</summary>
/// <param name="Asset">In what it was paid.</param>
/// <param name="From">Where it had been booked: fees, or the insurance fund for a penalty.</param>
/// <param name="Parts">Who got how much.</param>
public sealed record LayersFed(AssetId Asset, Fund From, IReadOnlyList<LayerPart> Parts) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AssetIndex asset = venue.Asset(Asset);
        AssetScale scale = venue.Catalog[asset].Scale;
        foreach (LayerPart part in Parts)
        {
            venue.Transfer(Holder.Of(From), Holder.Of(part.To), asset, part.Amount);
            venue.Insurance.Totals.Fed[(int)LayerOf(part.To)] += scale.ToModel(part.Amount) * venue.Market.PriceOf(asset);
        }
    }

    private static InsuranceLayer LayerOf(Fund fund) => fund switch
    {
        Fund.FirstLoss => InsuranceLayer.FirstLoss,
        Fund.MutualPool => InsuranceLayer.Pool,
        _ => InsuranceLayer.Base,
    };
}

/// <summary>A part of a premium, in one of the pool's assets.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="FromFees">What the fees earned paid.</param>
/// <param name="FromOwnFunds">What the venue's own funds paid.</param>
public sealed record PremiumPart(AssetId Asset, Amount FromFees, Amount FromOwnFunds);

/// <summary>The venue paid the pool for covering it.</summary>
/// <param name="Cover">What was covered, in the numeraire.</param>
/// <param name="AnnualRate">What a unit of it costs a year.</param>
/// <param name="Due">What was due for the time since the last, in the numeraire.</param>
/// <param name="Parts">What was paid; less than what was due where neither fees nor own funds had it.</param>
public sealed record PremiumPaid(double Cover, double AnnualRate, double Due, IReadOnlyList<PremiumPart> Parts) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        foreach (PremiumPart part in Parts)
        {
            AssetIndex asset = venue.Asset(part.Asset);
            venue.Transfer(Holder.Of(Fund.Fees), Holder.Of(Fund.MutualPool), asset, part.FromFees);
            venue.Transfer(Holder.Of(Fund.OwnFunds), Holder.Of(Fund.MutualPool), asset, part.FromOwnFunds);
            venue.Insurance.Totals.Premiums += venue.Catalog[asset].Scale.ToModel(part.FromFees + part.FromOwnFunds) * venue.Market.PriceOf(asset);
        }

        venue.Insurance.PremiumSince = venue.Now;
    }
}
