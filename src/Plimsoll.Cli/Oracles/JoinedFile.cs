using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;

namespace Plimsoll.Cli.Oracles;

/// <summary>What the reports of a file make of one asset.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Terms">How they were joined, its anchor in the numeraire.</param>
/// <param name="Price">What they make.</param>
internal sealed record JoinedAsset(string Asset, OracleTerms Terms, OraclePrice Price);

/// <summary>Joins the reports of a file, asset by asset; what is redeemed for something comes after it.</summary>
internal static class JoinedFile
{
    public static IReadOnlyList<JoinedAsset> Of(OracleFile file, string path)
    {
        Instant now = file.At(path);
        OracleRules rules = file.Rules(path);
        var reports = new SortedDictionary<string, List<PriceReport>>(StringComparer.Ordinal);
        for (int i = 0; i < file.Reports.Count; i++)
        {
            string place = $"{path} reports[{i}]";
            string asset = OracleFile.Name($"{place}.asset", file.Reports[i].Asset);
            if (rules.Of(new AssetId(asset)) is null) throw new InputException($"{place}.asset", $"the section oracles has no terms for {asset}");
            if (!reports.TryGetValue(asset, out List<PriceReport>? of)) reports[asset] = of = [];
            of.Add(file.Reports[i].ToReport(place));
        }

        Dictionary<string, OraclePrice> last = LastOf(file, path, rules, reports);
        var made = new Dictionary<string, JoinedAsset>(StringComparer.Ordinal);
        foreach (string asset in reports.Keys.OrderBy(name => rules.StepsTo(rules.Of(new AssetId(name))!) ?? 0).ThenBy(name => name, StringComparer.Ordinal))
        {
            OracleTerms terms = Anchored(rules.Of(new AssetId(asset))!, made);
            made[asset] = new JoinedAsset(asset, terms, OracleAggregate.Of(reports[asset].ToArray(), terms, now, last.GetValueOrDefault(asset)));
        }

        return [.. reports.Keys.Select(asset => made[asset])];
    }

    // An asset of which only the past is known is one that has fallen silent.
    private static Dictionary<string, OraclePrice> LastOf(OracleFile file, string path, OracleRules rules, SortedDictionary<string, List<PriceReport>> reports)
    {
        var last = new Dictionary<string, OraclePrice>(StringComparer.Ordinal);
        IReadOnlyList<FiledPrice> filed = file.Last ?? [];
        for (int i = 0; i < filed.Count; i++)
        {
            string place = $"{path} last[{i}]";
            string asset = OracleFile.Name($"{place}.asset", filed[i].Asset);
            if (rules.Of(new AssetId(asset)) is null) throw new InputException($"{place}.asset", $"the section oracles has no terms for {asset}");
            if (!last.TryAdd(asset, filed[i].ToPrice(place))) throw new InputException($"{place}.asset", $"{asset} has a last price twice");
            reports.TryAdd(asset, []);
        }

        return last;
    }

    private static OracleTerms Anchored(OracleLine line, Dictionary<string, JoinedAsset> made)
    {
        if (line is not { RedeemedFor: { } name, Terms.Anchor: { } anchor }) return line.Terms;

        bool stands = made.TryGetValue(name.Value, out JoinedAsset? other) && other.Price.Price > 0 && other.Price.Status <= OracleStatus.Degraded;

        return line.Terms with { Anchor = stands ? anchor with { Value = anchor.Value * other!.Price.Price } : null };
    }
}
