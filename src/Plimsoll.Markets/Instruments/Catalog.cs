using System.Diagnostics.CodeAnalysis;
using Plimsoll.Units;

namespace Plimsoll.Markets.Instruments;

/// <summary>
/// What the venue lists: assets and instruments by name and by ordinal, in the order of listing. Entries are never
/// removed, so that an ordinal in a journal means the same thing for ever.
/// </summary>
public sealed class Catalog
{
    /// <summary>The most assets a venue lists.</summary>
    public const int MaxAssets = 1024;

    /// <summary>The most instruments a venue lists over its life.</summary>
    public const int MaxInstruments = 1 << 20;

    private readonly List<Asset> assets = [];
    private readonly List<Instrument> instruments = [];
    private readonly Dictionary<AssetId, AssetIndex> assetByName = [];
    private readonly Dictionary<InstrumentId, InstrumentIndex> instrumentByName = [];

    /// <summary>Assets in the order of listing; the place is the <see cref="AssetIndex"/>.</summary>
    public IReadOnlyList<Asset> Assets => assets;

    /// <summary>Instruments in the order of listing; the place is the <see cref="InstrumentIndex"/>.</summary>
    public IReadOnlyList<Instrument> Instruments => instruments;

    /// <summary>The asset at a place.</summary>
    public Asset this[AssetIndex index] => assets[index.Value];

    /// <summary>The instrument at a place.</summary>
    public Instrument this[InstrumentIndex index] => instruments[index.Value];

    /// <summary>Finds an asset by name.</summary>
    public bool TryFind(AssetId id, out AssetIndex index) => assetByName.TryGetValue(id, out index);

    /// <summary>Finds an instrument by name.</summary>
    public bool TryFind(InstrumentId id, out InstrumentIndex index) => instrumentByName.TryGetValue(id, out index);

    /// <summary>Finds an instrument by name, with its terms.</summary>
    public bool TryFind(InstrumentId id, out InstrumentIndex index, [NotNullWhen(true)] out Instrument? instrument)
    {
        instrument = instrumentByName.TryGetValue(id, out index) ? instruments[index.Value] : null;

        return instrument is not null;
    }

    /// <summary>Lists an asset at the next place.</summary>
    public AssetIndex Add(Asset asset)
    {
        Law.Holds(assets.Count < MaxAssets, "the catalog has room for the asset");
        var index = new AssetIndex(assets.Count);
        Law.Holds(assetByName.TryAdd(asset.Id, index), "an asset is listed once");
        assets.Add(asset);

        return index;
    }

    /// <summary>Lists an instrument at the next place.</summary>
    public InstrumentIndex Add(Instrument instrument)
    {
        Law.Holds(instruments.Count < MaxInstruments, "the catalog has room for the instrument");
        var index = new InstrumentIndex(instruments.Count);
        Law.Holds(instrumentByName.TryAdd(instrument.Id, index), "an instrument is listed once");
        instruments.Add(instrument);

        return index;
    }
}
