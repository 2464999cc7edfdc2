using Plimsoll.Engine.Json;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>
/// The first person's half of an override: proposes what shall be done about one account's liquidation. Nothing changes
/// before another person confirms it.
/// </summary>
/// <param name="Account">Which account.</param>
/// <param name="Kind">Hold its liquidation, release what stands, or liquidate it now.</param>
/// <param name="Reason">Why, 1 to 256 characters; journaled for ever.</param>
/// <param name="Until">When a hold ends: after now and within <see cref="OverrideBook.LongestHold"/>. A hold only.</param>
/// <param name="EquityBound">The equity in the numeraire, at least 0, at or below which a hold ends by itself; 0 where not said. A hold only.</param>
public sealed record ProposeOverride(AccountId Account, OverrideKind Kind, string Reason, Instant? Until = null, double? EquityBound = null) : PersonalCommand
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, AccountId by, Instant now)
    {
        if (!Proposals.IsReason(Reason)) return Decision.Refuse(Refusal.CommandMalformed, $"reason: expected 1 to {OverrideBook.MaxReason} characters");
        if (!Enum.IsDefined(Kind)) return Refusal.CommandMalformed;
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (Overrides.PersonFault(venue, account, by) is { } person) return Decision.Refuse(Refusal.PersonUnsuitable, person);
        if (TermsFault(now) is { } terms) return Decision.Refuse(Refusal.TermsInvalid, terms);
        if (Overrides.StandingFault(venue, account, Kind) is { } standing) return Decision.Refuse(Refusal.OverrideUnsuitable, standing);
        if (venue.Overrides.Open.Any(order => order.Account == account && order.Kind == Kind && !order.IsConfirmed)) return Decision.Refuse(Refusal.OverrideUnsuitable, "one of this kind waits for its second person already");
        if (venue.Overrides.Open.Count >= OverrideBook.MaxOpen) return Refusal.LimitReached;

        Instant until = Until ?? now + OverrideBook.OrderStands;

        return Decision.Accept(new OverrideProposed(venue.Overrides.LastNumber + 1, Account, Kind, by, Reason, now + OverrideBook.ConfirmWithin, until, EquityBound ?? 0));
    }

    private string? TermsFault(Instant now)
    {
        if (Kind != OverrideKind.HoldLiquidation) return Until is null && EquityBound is null ? null : "until and equityBound are a hold's";
        if (Until is not { } until) return "until: a hold states when it ends";
        if (!InstantConverter.Reads(until) || until <= now) return $"until: {until} does not lie after {now}";
        if (until > now + OverrideBook.LongestHold) return $"until: a hold lasts {OverrideBook.LongestHold.TotalHours} hours at most";

        return EquityBound is null or (>= 0 and < double.PositiveInfinity) ? null : "equityBound: expected at least 0";
    }
}

/// <summary>An override waits for its second person.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Account">Which account.</param>
/// <param name="Kind">What is proposed.</param>
/// <param name="By">The first person.</param>
/// <param name="Reason">Why.</param>
/// <param name="ConfirmBefore">Unconfirmed at this time, it is no more.</param>
/// <param name="Until">When it ends once confirmed.</param>
/// <param name="EquityBound">The equity at or below which a hold ends by itself.</param>
public sealed record OverrideProposed(
    int Number, AccountId Account, OverrideKind Kind, AccountId By, string Reason, Instant ConfirmBefore, Instant Until, double EquityBound) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Overrides.Propose(
        new LiquidationOverride(Number, venue.Account(Account), Kind, Reason, By, venue.Now, ConfirmBefore, Until, EquityBound));
}

/// <summary>The second person's half of an override: what was proposed is in force from now on.</summary>
/// <param name="Number">The override's number.</param>
public sealed record ConfirmOverride(int Number) : PersonalCommand
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, AccountId by, Instant now)
    {
        if (venue.Overrides.Find(Number) is not { IsConfirmed: false } order) return Decision.Refuse(Refusal.OverrideUnknown, $"no override number {Number} waits");
        if (now >= order.EndsAt) return Decision.Refuse(Refusal.OverrideUnknown, $"override number {Number} waited until {order.EndsAt}");
        if (order.ProposedBy == by) return Decision.Refuse(Refusal.PersonUnsuitable, $"{by} proposed it: another person confirms");
        if (Overrides.PersonFault(venue, order.Account, by) is { } person) return Decision.Refuse(Refusal.PersonUnsuitable, person);
        if (now >= order.Until) return Decision.Refuse(Refusal.OverrideUnsuitable, $"it would have ended at {order.Until}");
        if (Overrides.StandingFault(venue, order.Account, order.Kind) is { } standing) return Decision.Refuse(Refusal.OverrideUnsuitable, standing);

        AccountId account = venue.Accounts[order.Account];
        var confirmed = new OverrideConfirmed(Number, account, order.Kind, by);
        if (venue.Overrides.InForce(order.Account) is not { } before) return Decision.Accept(confirmed);

        OverrideEnding ending = order.Kind == OverrideKind.Release ? OverrideEnding.Released : OverrideEnding.Replaced;

        return Decision.Accept(new OverrideEnded(before.Number, account, ending), confirmed);
    }
}

/// <summary>An override is in force: two persons have said so.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Account">Which account.</param>
/// <param name="Kind">What is ordered.</param>
/// <param name="By">The second person.</param>
public sealed record OverrideConfirmed(int Number, AccountId Account, OverrideKind Kind, AccountId By) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        venue.Overrides.Confirm(Number, By);
        venue.Judgement.Touch(venue.Account(Account));
    }
}

/// <summary>Takes a proposed override back before its second person has confirmed it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Reason">Why, 1 to 256 characters; journaled.</param>
public sealed record WithdrawOverride(int Number, string Reason) : PersonalCommand
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, AccountId by, Instant now)
    {
        if (!Proposals.IsReason(Reason)) return Decision.Refuse(Refusal.CommandMalformed, $"reason: expected 1 to {OverrideBook.MaxReason} characters");
        if (venue.Overrides.Find(Number) is not { IsConfirmed: false } order) return Decision.Refuse(Refusal.OverrideUnknown, $"no override number {Number} waits");
        if (Overrides.PersonFault(venue, order.Account, by) is { } person) return Decision.Refuse(Refusal.PersonUnsuitable, person);

        return Decision.Accept(new OverrideWithdrawn(Number, by, Reason));
    }
}

/// <summary>A proposed override was taken back; its number is not given again.</summary>
/// <param name="Number">Its number.</param>
/// <param name="By">Who took it back.</param>
/// <param name="Reason">Why.</param>
public sealed record OverrideWithdrawn(int Number, AccountId By, string Reason) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Overrides.End(Number);
}

/// <summary>An override is no more.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Account">Which account.</param>
/// <param name="Ending">Why.</param>
public sealed record OverrideEnded(int Number, AccountId Account, OverrideEnding Ending) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        venue.Overrides.End(Number);

        // What was held back may follow now, at the prices there are. What a judgement has ended was judged already.
        if (Ending is not (OverrideEnding.EquityGone or OverrideEnding.Recovered)) venue.Judgement.Touch(venue.Account(Account));
    }
}

/// <summary>What overrides are held to.</summary>
internal static class Overrides
{
    /// <summary>Why somebody may not decide about an account; none where he may.</summary>
    public static string? PersonFault(VenueState venue, AccountIndex account, AccountId by)
    {
        if (!Identifier.IsValid(by.Value) || by == Envelope.Venue) return "an override is asked for by a person under his own name, not by the venue itself";
        if (!venue.Accounts.TryFind(by, out AccountIndex own)) return null;

        return venue.Classes.RootOf(own) == venue.Classes.RootOf(account) ? $"{by} may not decide about his own account" : null;
    }

    /// <summary>Why what is ordered has nothing to act on; none where it has.</summary>
    public static string? StandingFault(VenueState venue, AccountIndex account, OverrideKind kind) => kind switch
    {
        OverrideKind.Release when venue.Overrides.InForce(account) is null => "nothing about the account is in force",
        OverrideKind.LiquidateNow when venue.Judgement.Model is null || venue.Judgement.Of(account).InitialHealth >= 0 => "the account meets its initial requirement: there is nothing to liquidate",
        OverrideKind.HoldLiquidation when venue.Accounts[account] == Consequences.Provider => "it takes what is liquidated and is never liquidated itself",
        _ => null,
    };
}
