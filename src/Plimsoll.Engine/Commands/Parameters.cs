using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Sets the risk parameters of the whole venue, as one validated set.</summary>
public sealed record SetParameters(RiskParameters Parameters) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now) => Decision.Accept(new ParametersSet(Parameters));
}

/// <summary>The risk parameters are these from now on; every account is judged anew.</summary>
public sealed record ParametersSet(RiskParameters Parameters) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Govern(Parameters);
}
