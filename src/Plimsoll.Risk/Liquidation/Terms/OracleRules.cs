using System.Collections.Immutable;
using Plimsoll.Markets.Oracles;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>How the reports on one asset become its price.</summary>
/// <param name="Asset">The asset; none for every asset no line names.</param>
/// <param name="Terms">How they are joined. An anchor's value is in the numeraire, or in coins of what it is redeemed for.</param>
/// <param name="RedeemedFor">What one coin is redeemed for; none where the anchor's value is in the numeraire.</param>
public sealed record OracleLine(AssetId? Asset, OracleTerms Terms, AssetId? RedeemedFor = null)
{
    internal void Check(string field)
    {
        Terms.Check(field);
        if (RedeemedFor is null) return;
        if (Terms.Anchor is null) throw new InputException($"{field} anchor", "names an asset but no value");
        if (RedeemedFor == Asset || Asset is null) throw new InputException($"{field} anchor", "an asset is redeemed for another one");
    }
}

/// <summary>How fast the damped price follows: the house's use of Mango's stable price.</summary>
/// <param name="DelayGrowth">The most an hour's average may differ from the hour's before, above 0 to 1: 0.06.</param>
/// <param name="Growth">The most it moves per second where it agrees with its delayed self, above 0 to 1: 0.0003.</param>
public sealed record DampingTerms(decimal DelayGrowth, decimal Growth)
{
    internal void Check(string field)
    {
        Margin.Ranges.CheckAbove($"{field}.delayGrowth", DelayGrowth, 0m, 1m);
        Margin.Ranges.CheckAbove($"{field}.growth", Growth, 0m, 1m);
    }

    internal DampingTerms Canonical() => new(Price.Canonical(DelayGrowth), Price.Canonical(Growth));
}

/// <summary>
/// What is asked of feeds: how reports become prices, what a price of each status is still good for, and how slowly the
/// price that opens loans follows. An asset without a line, and none for the rest, has its price from whoever said it last.
/// </summary>
/// <remarks>Law: damping asks of the initial line only, so that no doubt ever liquidates anybody.</remarks>
/// <param name="Rest">The terms of every asset no line names; none for no terms.</param>
/// <param name="Lines">Terms of assets, each once.</param>
public sealed record OracleRules(OracleLine? Rest, ImmutableArray<OracleLine> Lines)
{
    /// <summary>Nothing is asked of any feed.</summary>
    public static OracleRules None { get; } = new(null, []);

    /// <summary>Reads and checks a section that stands alone.</summary>
    /// <exception cref="InputException">Not JSON, a field is unknown or missing, or a term makes no sense.</exception>
    public static OracleRules FromJson(string json) => OracleRulesJson.ReadAlone(json);

    /// <summary>What each status is still good for.</summary>
    public ActionMatrix Actions { get; init; } = ActionMatrix.House;

    /// <summary>How slowly the damped price follows; none for no damped price.</summary>
    public DampingTerms? Damping { get; init; }

    /// <summary>Whether it says nothing.</summary>
    public bool IsNone => Rest is null && Lines.IsEmpty;

    /// <summary>The line of an asset; none where its feeds are asked nothing.</summary>
    public OracleLine? Of(AssetId asset)
    {
        foreach (OracleLine line in Lines)
            if (line.Asset == asset) return line;

        return Rest;
    }

    /// <summary>How many redemptions lie between an asset and what is redeemed for nothing; none where they go in a circle.</summary>
    public int? StepsTo(OracleLine line)
    {
        int steps = 0;
        for (AssetId? next = line.RedeemedFor; next is { } asset; next = Of(asset)?.RedeemedFor)
            if (++steps > Lines.Length) return null;

        return steps;
    }

    internal void Check(string field)
    {
        if (Lines.IsDefault) throw new InputException($"{field}.assets", "is missing");
        if (Actions is null) throw new InputException($"{field}.actions", "is missing");
        if (Rest is { Asset: not null }) throw new InputException($"{field}.rest", "names an asset");
        Rest?.Check($"{field}.rest");
        foreach (OracleLine line in Lines)
        {
            if (line.Asset is not { } asset) throw new InputException($"{field}.assets", "names no asset");
            line.Check($"{field}.assets {asset}");
        }

        if (Lines.Select(line => line.Asset).Distinct().Count() != Lines.Length) throw new InputException($"{field}.assets", "names an asset twice");
        foreach (OracleLine line in Lines)
            if (line.RedeemedFor is not null && StepsTo(line) is null) throw new InputException($"{field}.assets {line.Asset}", "is redeemed for itself in the end");
        if (IsNone && Damping is not null) throw new InputException($"{field}.damping", "no asset has terms");
        Damping?.Check($"{field}.damping");
    }

    internal OracleRules Canonical() => IsNone ? None : this with
    {
        Lines = [.. Lines.OrderBy(line => line.Asset)],
        Damping = Damping?.Canonical(),
    };
}
