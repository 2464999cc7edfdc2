using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Sets the risk parameters of the whole venue at once, as one validated set and without a guard; see <see cref="ProposeParameters"/>.</summary>
public sealed record SetParameters(RiskParameters Parameters) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now) => Decision.Accept(new ParametersSet(Parameters));
}

/// <summary>The risk parameters are these from now on, under the next number; every account is judged anew.</summary>
public sealed record ParametersSet(RiskParameters Parameters) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        BreakerTerms before = venue.Breakers.Terms;
        venue.ParameterSets.Set(Parameters, venue.Now);
        venue.Oracles.Restart();
        venue.Breakers.Restart(before);
        venue.Crowd.Restart(venue);
        venue.Judgement.Relisted();
    }
}

/// <summary>A set of parameters took force; every account is judged anew.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Hash">SHA-256 of its canonical JSON.</param>
public sealed record ParametersApplied(int Version, Hash256 Hash) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        BreakerTerms before = venue.Breakers.Terms;
        venue.ParameterSets.Apply(Version, venue.Now);
        Law.Holds(venue.ParameterSets.Current!.Hash == Hash, "the set that takes force is the set that was proposed");
        venue.Oracles.Restart();
        venue.Breakers.Restart(before);
        venue.Crowd.Restart(venue);
        venue.Judgement.Relisted();
    }
}

/// <summary>The time of a set of parameters came, but it would have liquidated more accounts than it may: it is held until somebody decides.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Liquidations">How many accounts it would have liquidated.</param>
/// <param name="MaxLiquidations">How many it may.</param>
public sealed record ParametersHeld(int Version, int Liquidations, int MaxLiquidations) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.ParameterSets.Hold(Version);
}
