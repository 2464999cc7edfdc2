using Plimsoll.Engine.Json;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Shadow;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>
/// Proposes risk parameters as one validated set, to take force with the first command at or after a time. With a guard it
/// takes force only where the shadow run at that moment liquidates no more accounts than allowed.
/// </summary>
/// <param name="Parameters">The whole set.</param>
/// <param name="Reason">Why, 1 to 256 characters; journaled.</param>
/// <param name="EffectiveAt">When it takes force, not before now; none for now.</param>
/// <param name="MaxLiquidations">The most accounts it may liquidate as it takes force; none for any number.</param>
public sealed record ProposeParameters(RiskParameters Parameters, string Reason, Instant? EffectiveAt = null, int? MaxLiquidations = null) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        Instant effective = EffectiveAt ?? now;
        if (!Proposals.IsReason(Reason)) return Decision.Refuse(Refusal.CommandMalformed, $"reason: expected 1 to {ParameterEncoding.MaxReason} characters");
        if (MaxLiquidations is < 0) return Decision.Refuse(Refusal.TermsInvalid, $"maxLiquidations: {MaxLiquidations} lies below 0");
        if (!InstantConverter.Reads(effective)) return Decision.Refuse(Refusal.CommandMalformed, "effectiveAt: expected a time after 1970 and before the year 10000");
        if (effective < now) return Decision.Refuse(Refusal.EffectivePast, $"effectiveAt: {effective} lies before {now}");
        if (ParameterCheck.Faults(venue.Catalog, Parameters) is [var fault, ..]) return Decision.Refuse(Refusal.ParametersInvalid, fault);
        if (venue.ParameterSets.Proposals.Count >= ParameterSets.MaxProposals) return Decision.Refuse(Refusal.LimitReached, $"{ParameterSets.MaxProposals} sets wait already");

        Hash256 hash = ParameterSets.HashOf(Parameters);
        if (venue.ParameterSets.Current is { } current && current.Hash == hash && effective == now) return Decision.Refuse(Refusal.NothingToDo, $"the set is in force as version {current.Version}");

        int liquidations = ParameterShadow.Liquidations(venue, Parameters);
        var proposed = new ParametersProposed(venue.ParameterSets.LastVersion + 1, hash, effective, Reason, liquidations, Parameters, MaxLiquidations);
        if (effective > now) return Decision.Accept(proposed);

        return Proposals.Guarded(liquidations, MaxLiquidations) is { } guarded
            ? Decision.Refuse(Refusal.TooManyLiquidations, guarded)
            : Decision.Accept(proposed, new ParametersApplied(proposed.Version, hash));
    }
}

/// <summary>A set of parameters waits for its time.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Hash">SHA-256 of its canonical JSON.</param>
/// <param name="EffectiveAt">When it takes force.</param>
/// <param name="Reason">Why.</param>
/// <param name="Liquidations">How many accounts it would have liquidated when it was proposed.</param>
/// <param name="Parameters">The set.</param>
/// <param name="MaxLiquidations">The most it may liquidate as it takes force; none for any number.</param>
public sealed record ParametersProposed(
    int Version, Hash256 Hash, Instant EffectiveAt, string Reason, int Liquidations, RiskParameters Parameters, int? MaxLiquidations = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.ParameterSets.Propose(
        new ParameterProposal(Version, Hash, venue.Now, EffectiveAt, Reason, MaxLiquidations, IsHeld: false, Parameters));
}

/// <summary>
/// Decides on a set that is held: it takes force now if the guard, the one it was proposed with or another, lets it. A set
/// whose time has not come cannot be hurried: who must post collateral was given that time.
/// </summary>
/// <param name="Version">The set's number.</param>
/// <param name="MaxLiquidations">The most accounts it may liquidate; none for what it was proposed with.</param>
public sealed record ApplyParameters(int Version, int? MaxLiquidations = null) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (venue.ParameterSets.Proposal(Version) is not { } proposal) return Decision.Refuse(Refusal.ProposalUnknown, $"no set number {Version} waits");
        if (MaxLiquidations is < 0) return Decision.Refuse(Refusal.TermsInvalid, $"maxLiquidations: {MaxLiquidations} lies below 0");
        if (proposal.EffectiveAt > now) return Decision.Refuse(Refusal.ProposalNotDue, $"set number {Version} takes force at {proposal.EffectiveAt}");
        if (Proposals.Guarded(ParameterShadow.Liquidations(venue, proposal.Parameters), MaxLiquidations ?? proposal.MaxLiquidations) is { } guarded)
            return Decision.Refuse(Refusal.TooManyLiquidations, guarded);

        return Decision.Accept(new ParametersApplied(Version, proposal.Hash));
    }
}

/// <summary>Takes a set that waits back.</summary>
/// <param name="Version">The set's number.</param>
/// <param name="Reason">Why, 1 to 256 characters; journaled.</param>
public sealed record WithdrawProposal(int Version, string Reason) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!Proposals.IsReason(Reason)) return Decision.Refuse(Refusal.CommandMalformed, $"reason: expected 1 to {ParameterEncoding.MaxReason} characters");
        if (venue.ParameterSets.Proposal(Version) is null) return Decision.Refuse(Refusal.ProposalUnknown, $"no set number {Version} waits");

        return Decision.Accept(new ProposalWithdrawn(Version, Reason));
    }
}

/// <summary>A set of parameters that waited was taken back; its number is not given again.</summary>
public sealed record ProposalWithdrawn(int Version, string Reason) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.ParameterSets.Withdraw(Version);
}

/// <summary>What proposals are held to, and how those whose time has come take force.</summary>
internal static class Proposals
{
    /// <summary>Lets every set whose time has come take force, or holds it; says whether one took force.</summary>
    public static bool Enact(VenueState venue, Action<Event> happen)
    {
        bool enacted = false;
        foreach (ParameterProposal due in venue.ParameterSets.Due(venue.Now))
        {
            int liquidations = due.MaxLiquidations is null ? 0 : ParameterShadow.Liquidations(venue, due.Parameters);
            if (liquidations > due.MaxLiquidations)
            {
                happen(new ParametersHeld(due.Version, liquidations, due.MaxLiquidations.Value));
                continue;
            }

            happen(new ParametersApplied(due.Version, due.Hash));
            venue.Judgement.Refresh();
            enacted = true;
        }

        return enacted;
    }

    public static bool IsReason(string reason) => reason.Length is > 0 and <= ParameterEncoding.MaxReason && !reason.Any(char.IsControl) && !reason.Any(char.IsSurrogate);

    public static string? Guarded(int liquidations, int? most) => liquidations > most
        ? $"the shadow run liquidates {liquidations} accounts, allowed are {most}"
        : null;
}
