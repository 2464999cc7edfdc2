using Plimsoll.Risk.Limits;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Sets a limit, in place of one of the same name; lines in the numeraire.</summary>
/// <param name="Limit">Its name.</param>
/// <param name="Scope">Whose exposure.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Of">The class, owner or account it is of.</param>
/// <param name="Gross">Whether sizes are added whatever the side.</param>
/// <param name="Underlying">Only contracts on this asset.</param>
/// <param name="Bucket">Only what is in this risk bucket.</param>
/// <param name="Soft">The soft line.</param>
/// <param name="Hard">The hard line, at least the soft.</param>
public sealed record SetLimit(
    LimitId Limit,
    LimitScope Scope,
    Measured Measure,
    string? Of = null,
    bool Gross = false,
    AssetId? Underlying = null,
    BucketId? Bucket = null,
    double? Soft = null,
    double? Hard = null) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!Identifier.IsValid(Limit.Value)) return Refusal.CommandMalformed;
        LimitSet set = new(Limit, Scope, Measure, Gross, Of, Underlying, Bucket, Soft, Hard);
        if (set.Terms().Fault() is { } fault) return Decision.Refuse(Refusal.TermsInvalid, fault);
        if (Scope is LimitScope.Owner or LimitScope.Account && !venue.Accounts.TryFind(new AccountId(Of!), out _)) return Decision.Refuse(Refusal.AccountUnknown, Of);
        if (Underlying is { } asset && !venue.Catalog.TryFind(asset, out _)) return Decision.Refuse(Refusal.AssetUnknown, asset.Value);
        if (Bucket is { } bucket && !venue.Limits.Buckets.ContainsKey(bucket)) return Decision.Refuse(Refusal.BucketUnknown, bucket.Value);
        if (venue.Limits.Terms.Count >= LimitBook.MaxLimits && !venue.Limits.Terms.ContainsKey(Limit)) return Refusal.LimitReached;

        return Decision.Accept(set);
    }
}

/// <summary>A limit is this from now on; whether it is breached is looked at at once.</summary>
public sealed record LimitSet(
    LimitId Limit,
    LimitScope Scope,
    Measured Measure,
    bool Gross,
    string? Of = null,
    AssetId? Underlying = null,
    BucketId? Bucket = null,
    double? Soft = null,
    double? Hard = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Limits.Set(Terms());

    internal LimitTerms Terms() => new(Limit, Scope, Of, Measure, Gross, Underlying, Bucket, Soft, Hard);
}

/// <summary>Gives a limit up.</summary>
public sealed record DropLimit(LimitId Limit) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now) =>
        venue.Limits.Terms.ContainsKey(Limit) ? Decision.Accept(new LimitDropped(Limit)) : Refusal.LimitUnknown;
}

/// <summary>A limit is no more, and so are its breaches.</summary>
public sealed record LimitDropped(LimitId Limit) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Limits.Drop(Limit);
}

/// <summary>What is measured went beyond a line it was within.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Account">Whose, where the limit holds every account by itself.</param>
/// <param name="Level">Beyond which line it is now.</param>
/// <param name="Value">What is measured.</param>
/// <param name="Line">The line.</param>
public sealed record LimitBreached(LimitId Limit, LimitLevel Level, double Value, double Line, AccountId? Account = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Limits.Mark(Limit, Account is { } named ? venue.Account(named) : null, Level);
}

/// <summary>What is measured came back within a line.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Account">Whose, where the limit holds every account by itself.</param>
/// <param name="Level">What is left of the breach.</param>
/// <param name="Value">What is measured.</param>
public sealed record LimitCured(LimitId Limit, LimitLevel Level, double Value, AccountId? Account = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Limits.Mark(Limit, Account is { } named ? venue.Account(named) : null, Level);
}
