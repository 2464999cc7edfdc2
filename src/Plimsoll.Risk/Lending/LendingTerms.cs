using System.Collections.Immutable;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Lending;

/// <summary>How much of an asset the venue lends, and at what price.</summary>
/// <param name="Asset">The asset lent.</param>
/// <param name="Cap">The most lent to everybody together, in whole coins; none for no cap.</param>
/// <param name="OwnerCap">The most lent to one owner over all his accounts, in whole coins; none for no cap.</param>
/// <param name="Rate">What it costs by utilisation, for interest that names no rate; none where every period names its own.</param>
public sealed record LentTerms(AssetId Asset, decimal? Cap = null, decimal? OwnerCap = null, RateCurve? Rate = null)
{
    internal void Check(string field)
    {
        if (Cap is < 0m) throw new InputException($"{field}.cap", $"{Cap} lies below 0");
        if (OwnerCap is < 0m) throw new InputException($"{field}.ownerCap", $"{OwnerCap} lies below 0");
        Rate?.Check($"{field}.rate");
    }

    internal LentTerms Canonical() => new(
        Asset, Cap is { } cap ? Price.Canonical(cap) : null, OwnerCap is { } own ? Price.Canonical(own) : null, Rate?.Canonical());
}

/// <summary>How far one asset carries debts.</summary>
/// <param name="Asset">The asset pledged.</param>
/// <param name="LoanToValue">The most that may be owed against it as it is borrowed or taken out: a part of its value, above 0 to the threshold.</param>
/// <param name="LiquidationThreshold">The part of its value from which what is owed against it is liquidated, up to 1.</param>
public sealed record PledgeTerms(AssetId Asset, decimal LoanToValue, decimal LiquidationThreshold)
{
    internal void Check(string field)
    {
        Ranges.CheckAbove($"{field}.liquidationThreshold", LiquidationThreshold, 0m, 1m);
        Ranges.CheckAbove($"{field}.loanToValue", LoanToValue, 0m, LiquidationThreshold);
    }

    internal PledgeTerms Canonical() => new(Asset, Price.Canonical(LoanToValue), Price.Canonical(LiquidationThreshold));
}

/// <summary>Loans against everything else an account has. What no line names is lent without a cap, and carries debts as far as it counts.</summary>
/// <param name="Lent">Assets lent, each once.</param>
/// <param name="Pledged">Assets pledged, each once.</param>
public sealed record LendingTerms(ImmutableArray<LentTerms> Lent, ImmutableArray<PledgeTerms> Pledged)
{
    /// <summary>Nothing is capped and every rate is named.</summary>
    public static LendingTerms None { get; } = new([], []);

    /// <summary>Whether it says nothing.</summary>
    public bool IsNone => Lent.IsEmpty && Pledged.IsEmpty;

    /// <summary>The terms of an asset lent; none where no line names it.</summary>
    public LentTerms? Of(AssetId asset) => Lent.FirstOrDefault(line => line.Asset == asset);

    internal void Check(string field)
    {
        if (Lent.IsDefault) throw new InputException($"{field}.lent", "is missing");
        if (Pledged.IsDefault) throw new InputException($"{field}.pledged", "is missing");
        foreach (LentTerms line in Lent) line.Check($"{field}.lent {line.Asset}");
        foreach (PledgeTerms line in Pledged) line.Check($"{field}.pledged {line.Asset}");
        if (Lent.Select(line => line.Asset).Distinct().Count() != Lent.Length) throw new InputException($"{field}.lent", "names an asset twice");
        if (Pledged.Select(line => line.Asset).Distinct().Count() != Pledged.Length) throw new InputException($"{field}.pledged", "names an asset twice");
    }

    internal LendingTerms Canonical() => new(
        [.. Lent.OrderBy(line => line.Asset).Select(line => line.Canonical())],
        [.. Pledged.OrderBy(line => line.Asset).Select(line => line.Canonical())]);
}
