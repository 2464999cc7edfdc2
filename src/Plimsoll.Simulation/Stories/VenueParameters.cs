using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Simulation.Agents;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Stories;

/// <summary>The risk parameters of a venue file: a file beside it, or the house's starting set for its assets.</summary>
public static class VenueParameters
{
    /// <summary>Reads the parameters.</summary>
    /// <param name="file">The venue.</param>
    /// <param name="folder">Where its file lies.</param>
    /// <exception cref="InputException">The parameters' file cannot be used.</exception>
    public static RiskParameters For(VenueFile file, string folder)
    {
        if (file.Parameters is not { } name) return RiskParameters.Default(Catalog(file));

        string path = Path.Combine(folder, name);
        try
        {
            return RiskParameters.FromJson(VenueFileReader.Bytes(path));
        }
        catch (InputException fault) when (!fault.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InputException(path, fault.Message, fault);
        }
    }

    private static Catalog Catalog(VenueFile file)
    {
        var catalog = new Catalog();
        foreach (AssetEntry asset in file.Assets)
        {
            AssetIndex? follows = asset.Follows is { } leader && catalog.TryFind(new AssetId(leader), out AssetIndex index) ? index : null;
            catalog.Add(new Asset(new AssetId(asset.Asset), new AssetScale(asset.Decimals), Words.Of<AssetClass>(asset.Class), follows));
        }

        return catalog;
    }
}
