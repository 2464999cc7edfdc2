using System.Collections.Immutable;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Terms;

/// <summary>Who shares a loss that nobody else bears.</summary>
public enum Socialisation : byte
{
    /// <summary>Nobody: the venue's own funds bear all of it.</summary>
    None = 0,

    /// <summary>Accounts with positions, in proportion to their unrealised profit.</summary>
    Profit = 1,

    /// <summary>Accounts with positions, in proportion to their equity.</summary>
    Equity = 2,
}

/// <summary>
/// Who bears what a bankrupt account owes: layers of insurance in the order given, then, once positions were taken over, the
/// venue's own funds up to a limit, then everybody who has positions.
/// </summary>
public sealed record InsuranceTerms
{
    /// <summary>One insurance fund that pays whatever it has, and the venue's own funds behind it.</summary>
    public static InsuranceTerms None { get; } = new();

    /// <summary>The layers in the order they are drawn on, each at most once; empty for the fund alone.</summary>
    public ImmutableArray<LayerTerms> Layers { get; init; } = [];

    /// <summary>How long one period of caps lasts.</summary>
    public decimal PeriodHours { get; init; } = 24m;

    /// <summary>The mutual pool; needed where a layer is one.</summary>
    public PoolTerms? Pool { get; init; }

    /// <summary>External cover; needed where a layer is one.</summary>
    public CoverTerms? Cover { get; init; }

    /// <summary>The most the venue's own funds bear in one period, in the numeraire; none for no limit.</summary>
    public decimal? OwnFunds { get; init; }

    /// <summary>Who shares what lies beyond that.</summary>
    public Socialisation Socialise { get; init; }

    /// <summary>Whether it says nothing.</summary>
    public bool IsNone => Layers.IsEmpty && Pool is null && Cover is null && OwnFunds is null && Socialise == Socialisation.None;

    /// <summary>The terms of a layer; none where it is not among them.</summary>
    public LayerTerms? Of(InsuranceLayer layer) => Layers.FirstOrDefault(terms => terms.Layer == layer);

    internal void Check(string field)
    {
        if (Layers.IsDefault) throw new InputException($"{field}.layers", "is missing");
        if (IsNone) return;

        if (Layers.IsEmpty) throw new InputException($"{field}.layers", "expected at least one");
        foreach (LayerTerms layer in Layers) layer.Check($"{field}.layers {RiskParametersJson.NameOf(layer.Layer)}");
        if (Layers.Select(l => l.Layer).Distinct().Count() != Layers.Length) throw new InputException($"{field}.layers", "names a layer twice");
        if (Layers.Sum(l => l.Fees) > 1m) throw new InputException($"{field}.layers", "the parts of the fees are more than the fees");
        if (Layers.Sum(l => l.Penalties) > 1m) throw new InputException($"{field}.layers", "the parts of the penalties are more than the penalties");
        int[] ranks = [.. Layers.Where(l => l.Replenish is not null).Select(l => l.Replenish!.Value)];
        if (ranks.Distinct().Count() != ranks.Length) throw new InputException($"{field}.layers", "two layers have the same place in the order of replenishment");
        Ranges.CheckAbove($"{field}.periodHours", PeriodHours, 0m, PoolTerms.MaxHours);
        Needs(InsuranceLayer.Pool, Pool is not null, $"{field}.pool");
        Needs(InsuranceLayer.Cover, Cover is not null, $"{field}.cover");
        Pool?.Check($"{field}.pool");
        Cover?.Check($"{field}.cover");
        if (OwnFunds is < 0m) throw new InputException($"{field}.ownFunds", $"{OwnFunds} lies below 0");
        if (Socialise != Socialisation.None && OwnFunds is null) throw new InputException($"{field}.ownFunds", "is missing: nothing is socialised before the venue's own limit is reached");
    }

    internal InsuranceTerms Canonical() => IsNone
        ? None
        : this with
        {
            Layers = [.. Layers.Select(l => l.Canonical())],
            PeriodHours = Price.Canonical(PeriodHours),
            Pool = Pool?.Canonical(),
            Cover = Cover?.Canonical(),
            OwnFunds = OwnFunds is { } limit ? Price.Canonical(limit) : null,
        };

    private void Needs(InsuranceLayer layer, bool isThere, string field)
    {
        if (isThere != (Of(layer) is not null)) throw new InputException(field, isThere ? "no layer draws on it" : "is missing, and a layer draws on it");
    }
}
