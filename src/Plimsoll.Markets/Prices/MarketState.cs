using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Markets.Prices;

/// <summary>
/// The last prices the venue was told: per asset a price in the numeraire, per instrument a forward and a volatility.
/// An instrument no feed has quoted is valued at the index: underlying's price over quote's price.
/// </summary>
public sealed class MarketState
{
    /// <summary>The highest annual volatility accepted: 50 is 5,000 %.</summary>
    public const double MaxVolatility = 50;

    /// <summary>Volatility of an option nobody has quoted yet.</summary>
    public const double DefaultVolatility = 0.8;

    private readonly Catalog _catalog;
    private AssetQuote?[] _assets = [];
    private double[] _assetPrices = [];
    private Price[] _forwards = [];
    private double[] _volatilities = [];

    /// <summary>A market without prices over a catalog.</summary>
    public MarketState(Catalog catalog) => _catalog = catalog;

    /// <summary>The time of the last price command.</summary>
    public Instant At { get; private set; }

    /// <summary>Whether the asset has ever had a price.</summary>
    public bool HasPrice(AssetIndex asset) => asset.Value < _assets.Length && _assets[asset.Value] is not null;

    /// <summary>Whether everything the instrument's worth depends on has a price.</summary>
    public bool HasPrice(InstrumentIndex index)
    {
        Instrument instrument = _catalog[index];

        return HasPrice(instrument.Underlying) && HasPrice(instrument.Settlement) && (instrument.Quote is not { } quote || HasPrice(quote));
    }

    /// <summary>The last quote of an asset; none before the first.</summary>
    public AssetQuote? Quote(AssetIndex asset) => asset.Value < _assets.Length ? _assets[asset.Value] : null;

    /// <summary>The asset's price in the numeraire; 0 before the first, so that an unpriced asset counts nothing.</summary>
    public double PriceOf(AssetIndex asset) => asset.Value < _assetPrices.Length ? _assetPrices[asset.Value] : 0;

    /// <summary>The index of an instrument in quote units: the underlying's price over the quote's.</summary>
    public double IndexOf(Instrument instrument)
    {
        double underlying = PriceOf(instrument.Underlying);
        double quote = instrument.Quote is { } asset ? PriceOf(asset) : 1;

        return quote > 0 ? underlying / quote : 0;
    }

    /// <summary>The price an instrument is valued at, in quote units; for an option, the forward of its expiry.</summary>
    public double ForwardOf(InstrumentIndex index) =>
        index.Value < _forwards.Length && _forwards[index.Value].Value > 0
            ? _forwards[index.Value].ToModel()
            : IndexOf(_catalog[index]);

    /// <summary>The annual volatility an option is valued at.</summary>
    public double VolatilityOf(InstrumentIndex index) =>
        index.Value < _volatilities.Length && _volatilities[index.Value] > 0 ? _volatilities[index.Value] : DefaultVolatility;

    /// <summary>The forward a feed has given, if any.</summary>
    public Price? QuotedForward(InstrumentIndex index) =>
        index.Value < _forwards.Length && _forwards[index.Value].Value > 0 ? _forwards[index.Value] : null;

    /// <summary>The volatility a feed has given, if any.</summary>
    public double? QuotedVolatility(InstrumentIndex index) =>
        index.Value < _volatilities.Length && _volatilities[index.Value] > 0 ? _volatilities[index.Value] : null;

    /// <summary>Takes an asset's price over.</summary>
    public void Apply(AssetQuote quote)
    {
        int at = quote.Asset.Value;
        if (at >= _assets.Length)
        {
            Array.Resize(ref _assets, _catalog.Assets.Count);
            Array.Resize(ref _assetPrices, _catalog.Assets.Count);
        }

        _assets[at] = quote;
        _assetPrices[at] = quote.Price.ToModel();
    }

    /// <summary>Takes an instrument's forward and volatility over.</summary>
    public void Apply(InstrumentQuote quote)
    {
        int at = quote.Instrument.Value;
        if (at >= _forwards.Length)
        {
            Array.Resize(ref _forwards, _catalog.Instruments.Count);
            Array.Resize(ref _volatilities, _catalog.Instruments.Count);
        }

        if (quote.Forward is { } forward) _forwards[at] = forward;
        if (quote.Volatility is { } volatility) _volatilities[at] = volatility;
    }

    /// <summary>Moves the market's time.</summary>
    public void MoveTo(Instant at)
    {
        Law.Holds(at >= At, "the market's time never goes back");
        At = at;
    }
}
