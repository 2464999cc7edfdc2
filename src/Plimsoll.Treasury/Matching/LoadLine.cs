using System.Globalization;
using System.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Matching;

/// <summary>How deep the venue lies.</summary>
public enum LoadLineVerdict : byte
{
    /// <summary>Every asset is covered and outlasts the run.</summary>
    Afloat = 0,

    /// <summary>The venue as a whole has what it owes, counting what customers owe it, but at least one asset is short in kind or runs dry before its coins arrive.</summary>
    Awash = 1,

    /// <summary>The venue as a whole has less than it owes.</summary>
    Sunk = 2,
}

/// <summary>
/// The one line a risk officer reads first. It is drawn at the worst asset, never at an average: customers of that asset
/// cannot be paid in another.
/// </summary>
/// <param name="Worst">The asset with the lowest coverage; of equals the one that survives less, then the first by name. None where nothing is claimed.</param>
/// <param name="DryFirst">The asset that the run empties first; of equals the first by name. None where all outlast it.</param>
/// <param name="Verdict">How deep the venue lies.</param>
/// <param name="Text">The line.</param>
public sealed record LoadLine(AssetCoverage? Worst, AssetCoverage? DryFirst, LoadLineVerdict Verdict, string Text)
{
    /// <summary>Draws the line over all assets of a venue.</summary>
    /// <param name="assets">Each asset once, measured under one run.</param>
    /// <param name="priceOf">
    /// An asset's price in the numeraire: tells a venue that is short in one asset and long in another (awash) from one that owes
    /// more than it has (sunk). It moves the verdict only, never the figure. Without prices a venue short in any asset is sunk.
    /// </param>
    public static LoadLine Over(IReadOnlyList<AssetCoverage> assets, Func<AssetId, double>? priceOf = null)
    {
        AssetCoverage[] claimed = [.. assets.Where(asset => !asset.Claims.IsZero)];
        AssetCoverage? worst = claimed.Order(Comparer<AssetCoverage>.Create(WorstFirst)).FirstOrDefault();
        AssetCoverage? dry = claimed.Where(asset => !asset.Survives)
            .OrderBy(asset => asset.SurvivalHours)
            .ThenBy(asset => asset.Asset.Id)
            .FirstOrDefault();
        if (worst is null) return new LoadLine(null, null, LoadLineVerdict.Afloat, "Afloat: customers are owed nothing.");

        bool whole = worst.IsCovered || (priceOf is not null && CoversAsAWhole(claimed, priceOf));
        LoadLineVerdict verdict = !whole ? LoadLineVerdict.Sunk : worst.IsCovered && dry is null ? LoadLineVerdict.Afloat : LoadLineVerdict.Awash;

        return new LoadLine(worst, dry, verdict, Line(verdict, worst, dry));
    }

    private static bool CoversAsAWhole(IEnumerable<AssetCoverage> assets, Func<AssetId, double> priceOf)
    {
        double surplus = 0;
        foreach (AssetCoverage asset in assets) surplus += asset.Asset.Scale.ToModel(asset.Holdings + asset.Deficit - asset.Claims) * priceOf(asset.Asset.Id);

        return surplus >= 0;
    }

    private static int WorstFirst(AssetCoverage left, AssetCoverage right)
    {
        int order = left.CompareCoverage(right);
        if (order == 0) order = (left.SurvivalHours ?? double.PositiveInfinity).CompareTo(right.SurvivalHours ?? double.PositiveInfinity);

        return order != 0 ? order : left.Asset.Id.CompareTo(right.Asset.Id);
    }

    private static string Line(LoadLineVerdict verdict, AssetCoverage worst, AssetCoverage? dry)
    {
        string covered = $"{worst.Asset.Id} covers {Percent(worst)} of what customers are owed";
        string isShort = $"is {Missing(worst)} {worst.Asset.Id} short";
        string endures = dry is null
            ? $"every asset outlasts the run ({AssetCoverage.HorizonHours / 24} days)"
            : $"under the run {dry.Asset.Id} is dry after {Hours(dry)}";

        return verdict switch
        {
            LoadLineVerdict.Sunk => $"Sunk: {covered} and {isShort}; {endures}.",
            LoadLineVerdict.Awash when !worst.IsCovered => $"Awash: {covered} and {isShort}, though the venue as a whole has what it owes; {endures}.",
            LoadLineVerdict.Awash => $"Awash: even {covered}, but {endures}.",
            _ => $"Afloat: even {covered}, and {endures}.",
        };
    }

    // Rounded down, so that 99.999 % never reads as 100.
    private static string Percent(AssetCoverage asset)
    {
        BigInteger scaled = (BigInteger)asset.Holdings.Units * 10_000;
        BigInteger hundredths = BigInteger.DivRem(scaled, (BigInteger)asset.Claims.Units, out BigInteger rest);
        if (rest.Sign < 0) hundredths--;
        (BigInteger whole, BigInteger part) = (BigInteger.Abs(hundredths) / 100, BigInteger.Abs(hundredths) % 100);

        return string.Create(CultureInfo.InvariantCulture, $"{(hundredths.Sign < 0 ? "-" : "")}{whole}.{(int)part:00} %");
    }

    // Rounded up to hundredths, so that a shortage never reads smaller than it is.
    private static string Missing(AssetCoverage asset)
    {
        int coarser = Math.Max(0, asset.Asset.Scale.Decimals - 2);
        Int128 step = asset.Asset.Scale.UnitsPerWhole / new AssetScale(asset.Asset.Scale.Decimals - coarser).UnitsPerWhole;
        Int128 missing = (asset.Claims - asset.Holdings).Units;

        return asset.Asset.Scale.Format(new Amount((missing + step - 1) / step * step));
    }

    private static string Hours(AssetCoverage asset) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(asset.SurvivalHours!.Value * 10) / 10:0.#} hours");
}
