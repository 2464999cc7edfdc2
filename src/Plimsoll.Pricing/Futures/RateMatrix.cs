using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Futures;

/// <summary>The rates a book hangs on, in the order of the columns of <see cref="RateMatrix"/>; all in the numeraire.</summary>
public enum RateColumn : byte
{
    /// <summary>Received per 8 hours for each basis point of funding; perpetuals.</summary>
    Funding = 0,

    /// <summary>Gained for each basis point of annualised basis; what expires.</summary>
    Basis = 1,

    /// <summary>Received per year for each basis point of interest; coins lent, and paid on coins borrowed.</summary>
    Interest = 2,
}

/// <summary>What a book gains or loses when rates rise, by underlying or lent asset.</summary>
/// <param name="Asset">The underlying of the contracts, or the coin lent.</param>
/// <param name="Funding">Received per 8 hours for each basis point of funding.</param>
/// <param name="Basis">Gained for each basis point of annualised basis.</param>
/// <param name="Interest">Received per year for each basis point of interest.</param>
public readonly record struct RateExposure(AssetIndex Asset, double Funding, double Basis, double Interest);

/// <summary>
/// The response matrix whose questions are about rates: a row for each instrument, then one for each asset lent; a column
/// for each <see cref="RateColumn"/>. Accounts multiply it by their positions and loans, as they do every other.
/// </summary>
public sealed class RateMatrix
{
    /// <summary>How many questions there are.</summary>
    public const int Columns = 3;

    private readonly int[] assetOf;
    private readonly int instruments;

    /// <summary>The rates of a market.</summary>
    public RateMatrix(Catalog catalog, MarketState market)
    {
        instruments = catalog.Instruments.Count;
        int assets = catalog.Assets.Count;
        assetOf = [.. catalog.Instruments.Select(instrument => instrument.Underlying.Value), .. Enumerable.Range(0, assets)];
        Responses = new ResponseMatrix(instruments + assets, Columns);
        for (int i = 0; i < instruments; i++) Responses.SetRow(i, Unit(catalog, market, new InstrumentIndex(i)));
        for (int a = 0; a < assets; a++) Responses.SetRow(instruments + a, [0, 0, new Loan(1, 0).PerBasisPoint(market.PriceOf(new AssetIndex(a)))]);
    }

    /// <summary>A row for each instrument's unit held long, then one for each asset's coin lent.</summary>
    public ResponseMatrix Responses { get; }

    /// <summary>What accounts are exposed to together: one of them, a desk, all customers, or the venue.</summary>
    /// <param name="accounts">A range of rows of the books.</param>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="loans">Accounts × assets: coins lent, below 0 for coins borrowed; rows that are missing have none.</param>
    /// <returns>By underlying and lent asset, ascending; those without any exposure are left out.</returns>
    /// <exception cref="IndexOutOfRangeException">The books hold something that was listed after the matrix was made.</exception>
    public RateExposure[] Of(Range accounts, SparseRows positions, SparseRows loans)
    {
        var quantities = new double[Responses.Rows];
        (int first, int count) = accounts.GetOffsetAndLength(positions.Rows);
        for (int account = first; account < first + count; account++)
        {
            Add(positions.Columns(account), positions.Values(account), quantities.AsSpan(0, instruments));
            if (account < loans.Rows) Add(loans.Columns(account), loans.Values(account), quantities.AsSpan(instruments));
        }

        return ByAsset(quantities);
    }

    private static void Add(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, Span<double> sums)
    {
        for (int i = 0; i < columns.Length; i++) sums[columns[i]] += values[i];
    }

    private RateExposure[] ByAsset(double[] quantities)
    {
        var sums = new double[(assetOf.Length - instruments) * Columns];
        for (int row = 0; row < quantities.Length; row++)
        {
            if (quantities[row] != 0) Product.Accumulate([row], [quantities[row]], Responses, sums.AsSpan(assetOf[row] * Columns, Columns));
        }

        var answer = new List<RateExposure>();
        for (int a = 0; a < sums.Length / Columns; a++)
        {
            Span<double> s = sums.AsSpan(a * Columns, Columns);
            if (s.ContainsAnyExcept(0.0)) answer.Add(new RateExposure(new AssetIndex(a), s[(int)RateColumn.Funding], s[(int)RateColumn.Basis], s[(int)RateColumn.Interest]));
        }

        return [.. answer];
    }

    /// <summary>What one unit of an instrument answers, in the order of <see cref="RateColumn"/>.</summary>
    private static double[] Unit(Catalog catalog, MarketState market, InstrumentIndex index)
    {
        Instrument instrument = catalog[index];
        ContractTerms terms = ContractTerms.Of(instrument);
        double forward = market.ForwardOf(index);
        double settlement = market.PriceOf(instrument.Settlement);
        double funding = instrument.Kind == InstrumentKind.Perpetual ? FundingExposure.PerUnit(terms, forward, settlement) : 0;
        if (instrument.Expiry is not { } expiry) return [funding, 0, 0];

        double underlying = market.PriceOf(instrument.Underlying);
        var unit = UnitGreeks.Of(terms, forward, terms.IsOption ? market.VolatilityOf(index) : 0, terms.YearsAt(market.At), settlement, underlying);

        return [funding, Basis.ExposurePerUnit(unit, underlying, Math.Max(0, market.At.YearsUntil(expiry))), 0];
    }
}
