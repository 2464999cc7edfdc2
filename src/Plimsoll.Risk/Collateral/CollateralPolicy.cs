using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral;

/// <summary>What is asked of collateral beyond its schedules. A section left out asks nothing.</summary>
public sealed record CollateralPolicy
{
    /// <summary>Nothing is asked.</summary>
    public static CollateralPolicy None { get; } = new();

    /// <summary>Issuers and how far their promises count; one that is not named has no cap, and its assets still count nothing against positions in them.</summary>
    public ImmutableArray<IssuerTerms> Issuers { get; init; } = [];

    /// <summary>The standard assets are held to; none for no standard.</summary>
    public CollateralStandard? Standard { get; init; }

    /// <summary>Whose unrealised profit counts only in part; a contract without a line counts whole.</summary>
    public ImmutableArray<ProfitTerms> Profits { get; init; } = [];

    /// <summary>How haircuts follow the market; none for not at all.</summary>
    public DynamicHaircutTerms? Dynamic { get; init; }

    /// <summary>Whether nothing is asked.</summary>
    public bool IsNone => Issuers.IsEmpty && Standard is null && Profits.IsEmpty && Dynamic is null;

    internal void Check(string field)
    {
        if (Issuers.IsDefault) throw new InputException($"{field}.issuers", "is missing");
        if (Profits.IsDefault) throw new InputException($"{field}.profits", "is missing");
        foreach (IssuerTerms issuer in Issuers) issuer.Check($"{field}.issuers.{issuer.Issuer}");
        if (Issuers.Select(issuer => issuer.Issuer).Distinct(StringComparer.Ordinal).Count() != Issuers.Length)
            throw new InputException($"{field}.issuers", "names an issuer twice");
        foreach (ProfitTerms line in Profits) line.Check($"{field}.profits");
        if (Profits.Select(line => (line.Instrument, line.Class)).Distinct().Count() != Profits.Length)
            throw new InputException($"{field}.profits", "names an instrument or a class twice");
        Standard?.Check($"{field}.standard");
        Dynamic?.Check($"{field}.dynamic");
    }

    internal CollateralPolicy Canonical() => new()
    {
        Issuers = [.. Issuers.OrderBy(issuer => issuer.Issuer, StringComparer.Ordinal).Select(issuer => issuer.Canonical())],
        Standard = Standard?.Canonical(),
        Profits = [.. Profits.OrderBy(line => line.Class).ThenBy(line => line.Instrument).Select(line => line.Canonical())],
        Dynamic = Dynamic?.Canonical(),
    };
}
