using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// What the venue does with what customers brought: the real mismatch between what it owes and what it holds. All of it arrives
/// hot; the file says which part lies elsewhere, and which is held as another asset.
/// </summary>
internal sealed class TreasuryMoves(VenueFile file, Listing listing, int accounts)
{
    /// <summary>Commands, with a name for each; endowments come last, so that no part of them is moved.</summary>
    /// <param name="owed">Coins of each asset that customers have left at the venue.</param>
    public IEnumerable<(string Id, Command Command)> Commands(IReadOnlyDictionary<string, decimal> owed)
    {
        for (int i = 0; i < file.Holdings.Length; i++)
        {
            HoldingEntry entry = file.Holdings[i];
            decimal part = Grid(entry.Asset, owed.GetValueOrDefault(entry.Asset) * entry.Part);
            if (part > 0 && Move(entry, part) is { } move) yield return ($"holding-{i}", move);
        }

        for (int i = 0; i < file.Endowments.Length; i++)
        {
            EndowmentEntry entry = file.Endowments[i];
            decimal amount = Grid(entry.Asset, entry.Amount * accounts / file.Accounts);
            if (amount > 0) yield return ($"endowment-{i}", new Endow(Words.Of<Fund>(entry.Fund), new AssetId(entry.Asset), Text(amount), Fund.Cold));
        }
    }

    private Command? Move(HoldingEntry entry, decimal part)
    {
        Fund place = Words.Of<Fund>(entry.Place);
        if (entry.As is not { } other)
            return place == Fund.Hot ? null : new MoveHoldings(new AssetId(entry.Asset), Text(part), Fund.Hot, place);

        decimal got = Grid(other, part * listing.PriceOf(entry.Asset) / listing.PriceOf(other));

        return got > 0 ? new ConvertHoldings(new AssetId(entry.Asset), Text(part), Fund.Hot, new AssetId(other), Text(got), place) : null;
    }

    /// <summary>Down to the ten-thousandth of a coin, or the asset's own smallest unit.</summary>
    private decimal Grid(string asset, decimal coins)
    {
        int decimals = Math.Min(4, file.Assets.First(entry => entry.Asset == asset).Decimals);
        decimal unit = 1;
        for (int i = 0; i < decimals; i++) unit /= 10;

        return decimal.Floor(coins / unit) * unit;
    }

    private static string Text(decimal coins) => Price.Canonical(coins).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
