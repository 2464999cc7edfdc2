using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The optional sections of the rulebook by ordinal: what follows what, which contracts share an expiry or a strike, which
/// pegs can break, and the rates each contract is judged by.
/// </summary>
/// <remarks>A <em>root</em> is what an asset follows in the end; a contract belongs to the root of its underlying.</remarks>
internal sealed class RequirementTable
{
    /// <summary>Numbers of a contract in <see cref="Keys"/>.</summary>
    public const int KeyStride = 4;

    private readonly int[] rootOf;
    private readonly int[] contractRoot;
    private readonly bool[][] moves;

    public RequirementTable(Catalog catalog, RiskParameters rules, ReadOnlySpan<ContractTerms> contracts)
    {
        MarginContingencies asks = rules.Contingencies;
        Credit = (double)rules.OffsetCredit;
        Basis = asks.Basis;
        Skew = asks.Skew is { } skew ? new SmileShock(skew) : null;
        Naked = asks.NakedShort is { } naked ? new LineFigures(naked) : default;
        HasNaked = asks.NakedShort is not null;
        Confidence = asks.Confidence is { } doubt ? ((double)doubt.Free, (double)doubt.Factor) : rules.Oracles.Damping is not null ? (0, 1) : null;
        ExcessRate = (double)(asks.Concentration?.Rate ?? 0m);
        FreeInterest = asks.Concentration?.PartOfOpenInterest is { } part ? (double)part : 0;
        Rates = new RateTable(catalog, rules);
        rootOf = [.. Enumerable.Range(0, catalog.Assets.Count).Select(a => RootOf(catalog, a))];
        contractRoot = new int[contracts.Length];
        for (int i = 0; i < contracts.Length; i++) contractRoot[i] = rootOf[contracts[i].Underlying];
        (Groups, GroupCount) = GroupsOf(contracts);
        (Strikes, StrikeCount) = StrikesOf(contracts);
        Keys = KeysOf(contractRoot, Groups, Strikes);
        Pegs = [.. PegsOf(catalog, asks.Depeg)];
        Cover = asks.Depeg?.Cover ?? 0;
        moves = [.. Pegs.Select(p => PriceShift.MovedBy(catalog, new AssetIndex(p.Asset)))];
        CloseOuts = [.. catalog.Assets.Select(a => CloseOut.Of(a, asks))];
        CloseOutParts = asks.CloseOut is { } closing ? new LineFigures(closing.Parts) : default;
        HasCloseOut = asks.CloseOut is not null;
        HasOffsets = Credit < 1;
    }

    /// <summary>Nothing is asked beyond the joint scenarios and the lines' floors.</summary>
    public bool IsNeutral =>
        !HasOffsets && !HasGroups && !HasNaked && Pegs.IsEmpty && !HasCloseOut && Confidence is null && FreeInterest == 0 && !Rates.IsUsed;

    /// <summary>The part of the offset between roots that counts.</summary>
    public double Credit { get; }

    public bool HasOffsets { get; }

    public BasisTerms? Basis { get; }

    public SmileShock? Skew { get; }

    public bool HasNaked { get; }

    public LineFigures Naked { get; }

    public (double Free, double Factor)? Confidence { get; }

    /// <summary>The part of the open interest an account may have before it is concentrated; 0 for no limit.</summary>
    public double FreeInterest { get; }

    /// <summary>What concentration asks at the free size.</summary>
    public double ExcessRate { get; }

    public RateTable Rates { get; }

    /// <summary>Whether contracts of one expiry are judged together.</summary>
    public bool HasGroups => Basis is not null || Skew is not null;

    /// <summary>By contract: which contracts drift and tilt with it; −1 for one that does neither.</summary>
    public int[] Groups { get; }

    public int GroupCount { get; }

    /// <summary>By contract: which options share underlying, expiry and strike with it; −1 for none.</summary>
    public int[] Strikes { get; }

    public int StrikeCount { get; }

    /// <summary>
    /// By contract, side by side: root, group and strike; where it has no group or strike, a negative number that no other
    /// contract has, so that equal keys mean sums taken together.
    /// </summary>
    public int[] Keys { get; }

    public ImmutableArray<Peg> Pegs { get; }

    /// <summary>How many pegs break at once.</summary>
    public int Cover { get; }

    /// <summary>Numbers in a row of depegs: two for each peg, in whole vectors of eight.</summary>
    public int PegStride => (2 * Pegs.Length + 7) / 8 * 8;

    /// <summary>By asset: what closing costs in its market, if it is a root.</summary>
    public CloseOut[] CloseOuts { get; }

    public LineFigures CloseOutParts { get; }

    public bool HasCloseOut { get; }

    public int RootOfAsset(int asset) => rootOf[asset];

    public int RootOfContract(int contract) => contractRoot[contract];

    /// <summary>The root of each asset.</summary>
    public ReadOnlySpan<int> AssetRoots => rootOf;

    /// <summary>Whether an asset's price moves when a peg breaks.</summary>
    public bool Moves(int peg, int asset) => asset >= 0 && moves[peg][asset];

    /// <summary>How far a contract's forward drifts from its index.</summary>
    public double DriftOf(in ContractTerms terms, double yearsLeft)
    {
        if (Basis is null) return 0;
        double drift = terms.Expiry == default ? (double)Basis.Perpetual : (double)Basis.Add + ((double)Basis.PerYear * yearsLeft);

        return Math.Min((double)BasisTerms.Most, drift);
    }

    private (int[] Groups, int Count) GroupsOf(ReadOnlySpan<ContractTerms> contracts)
    {
        var groups = new int[contracts.Length];
        var known = new Dictionary<(int Root, Instant Expiry), int>();
        for (int i = 0; i < groups.Length; i++)
        {
            bool drifts = Basis is not null && (contracts[i].Expiry != default || Basis.Perpetual > 0m);
            bool tilts = Skew is not null && contracts[i].IsOption;
            groups[i] = drifts || tilts ? PlaceOf(known, (contractRoot[i], contracts[i].Expiry)) : -1;
        }

        return (groups, known.Count);
    }

    private (int[] Strikes, int Count) StrikesOf(ReadOnlySpan<ContractTerms> contracts)
    {
        var strikes = new int[contracts.Length];
        var known = new Dictionary<(int Underlying, Instant Expiry, double Strike), int>();
        for (int i = 0; i < strikes.Length; i++)
        {
            strikes[i] = HasNaked && contracts[i].IsOption
                ? PlaceOf(known, (contracts[i].Underlying, contracts[i].Expiry, contracts[i].Strike))
                : -1;
        }

        return (strikes, known.Count);
    }

    private static int[] KeysOf(ReadOnlySpan<int> roots, ReadOnlySpan<int> groups, ReadOnlySpan<int> strikes)
    {
        var keys = new int[KeyStride * roots.Length];
        for (int i = 0; i < roots.Length; i++)
        {
            keys[KeyStride * i] = roots[i];
            keys[(KeyStride * i) + 1] = groups[i] < 0 ? ~i : groups[i];
            keys[(KeyStride * i) + 2] = strikes[i] < 0 ? ~i : strikes[i];
        }

        return keys;
    }

    private static int PlaceOf<TKey>(Dictionary<TKey, int> known, TKey key) where TKey : notnull
    {
        if (!known.TryGetValue(key, out int place)) known.Add(key, place = known.Count);

        return place;
    }

    private static int RootOf(Catalog catalog, int asset)
    {
        // A chain of claims is at most as long as the list: a loop in the listing must not hang the judge.
        for (int steps = 0; steps < catalog.Assets.Count; steps++)
        {
            if (catalog.Assets[asset].Follows is not { } next) return asset;
            asset = next.Value;
        }

        return asset;
    }

    private static IEnumerable<Peg> PegsOf(Catalog catalog, DepegTerms? terms)
    {
        for (int a = 0; terms is not null && a < catalog.Assets.Count; a++)
        {
            Asset asset = catalog.Assets[a];
            if (AssetScope.Find(terms.Lines, l => l.Scope, asset) is not { } line) continue;
            bool promises = line.Scope.Asset is not null || asset.Follows is not null || asset.Class is AssetClass.Stable or AssetClass.Staked;
            if (promises && (line.Down > 0m || line.Up > 0m)) yield return new Peg(a, (double)line.Down, (double)line.Up);
        }
    }
}

/// <summary>A peg that can break: the asset, and how far it falls or rises.</summary>
internal readonly record struct Peg(int Asset, double Down, double Up);
