using Plimsoll.Risk.Exposure;
using Plimsoll.Units;

namespace Plimsoll.Risk.Limits;

/// <summary>Whose exposure a limit holds.</summary>
public enum LimitScope : byte
{
    /// <summary>All accounts together but the liquidity provider: what they are net, the provider is against them.</summary>
    Venue = 0,

    /// <summary>The accounts of one class, together.</summary>
    Class = 1,

    /// <summary>An account and its sub-accounts, together.</summary>
    Owner = 2,

    /// <summary>One account.</summary>
    Account = 3,

    /// <summary>Every account by itself: those of a class, or all but the liquidity provider.</summary>
    Each = 4,
}

/// <summary>What a limit measures, in the numeraire; the greeks are those of <see cref="Greek"/>, over positions alone.</summary>
public enum Measured : byte
{
    /// <summary>Delta.</summary>
    Delta = 0,

    /// <summary>Gamma, per 1 %.</summary>
    Gamma = 1,

    /// <summary>Vega.</summary>
    Vega = 2,

    /// <summary>Theta.</summary>
    Theta = 3,

    /// <summary>Rho.</summary>
    Rho = 4,

    /// <summary>Vanna.</summary>
    Vanna = 5,

    /// <summary>Volga.</summary>
    Volga = 6,

    /// <summary>Charm.</summary>
    Charm = 7,

    /// <summary>Speed, per 1 %.</summary>
    Speed = 8,

    /// <summary>Size of the positions.</summary>
    Notional = 10,

    /// <summary>What the venue holds in a risk bucket; only of the venue and a bucket, and no order changes it.</summary>
    Held = 12,
}

/// <summary>How far a limit is used.</summary>
public enum LimitLevel : byte
{
    /// <summary>Within it.</summary>
    Within = 0,

    /// <summary>Beyond the soft line: somebody should know.</summary>
    Soft = 1,

    /// <summary>Beyond the hard line: only what reduces is allowed.</summary>
    Hard = 2,
}

/// <summary>A limit: whose, of what, how much.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Scope">Whose exposure.</param>
/// <param name="Of">The class, owner or account; for <see cref="LimitScope.Each"/> a class, or none for everybody; none for the venue.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Gross">Whether sizes are added whatever the side, or longs less shorts, without its sign.</param>
/// <param name="Underlying">Only contracts on it; none for all.</param>
/// <param name="Bucket">Only what is in this risk bucket; none for all.</param>
/// <param name="Soft">The soft line, in the numeraire.</param>
/// <param name="Hard">The hard line, in the numeraire.</param>
public sealed record LimitTerms(
    LimitId Id,
    LimitScope Scope,
    string? Of,
    Measured Measure,
    bool Gross,
    AssetId? Underlying,
    BucketId? Bucket,
    double? Soft,
    double? Hard)
{
    /// <summary>What contradicts itself in the terms, in a sentence; none where nothing does.</summary>
    public string? Fault()
    {
        bool named = Scope is LimitScope.Class or LimitScope.Owner or LimitScope.Account;
        if (!Enum.IsDefined(Scope) || !Enum.IsDefined(Measure)) return "scope or measure is not known";
        if (named && Of is null) return $"of: a limit of scope {Scope} names whose it is";
        if (Scope == LimitScope.Venue && Of is not null) return "of: a limit of the venue names nobody";
        if (Of is not null && !Identifier.IsValid(Of)) return $"of: '{Of}' is not a name";
        if (Soft is null && Hard is null) return "soft or hard: a limit has at least one line";
        if (Soft is not (null or (>= 0 and < double.PositiveInfinity))) return $"soft: found {Soft}, expected 0 or more";
        if (Hard is not (null or (>= 0 and < double.PositiveInfinity))) return $"hard: found {Hard}, expected 0 or more";
        if (Soft > Hard) return $"soft: {Soft} lies above the hard line {Hard}";
        if (Measure == Measured.Held && (Scope != LimitScope.Venue || Bucket is null || Underlying is not null)) return "measure: what is held is of the venue and a bucket, and of no underlying";

        return null;
    }

    /// <summary>The level of a value: beyond a line is above it; on it is within.</summary>
    public LimitLevel LevelOf(double value) => value > Hard ? LimitLevel.Hard : value > Soft ? LimitLevel.Soft : LimitLevel.Within;

    /// <summary>How much of the limit a value uses: of the hard line, or of the soft one where there is no hard; infinite of a line at 0.</summary>
    public double UtilisationOf(double value)
    {
        double line = (Hard ?? Soft)!.Value;

        return value == 0 ? 0 : value / line;
    }

    /// <summary>Whether a trade that takes the value from one to another is refused: beyond the hard line and farther than before.</summary>
    public bool Refuses(double before, double after) => after > Hard && after > before;
}
