using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>
/// How far each account's largest underlying may move before the account is liquidated, estimated in one pass over the
/// book; the exact price is solved only for an account that is looked at.
/// </summary>
/// <remarks>
/// <para>(1) An account's exposure to an underlying is what it gains, in the numeraire, per unit of relative move: its
/// contracts' deltas, and its counted coins, claims on a coin counted with that coin.</para>
/// <para>(2) The underlying of the largest exposure is moved against the account. Its health falls by the exposure; the
/// requirement shrinks with a long's price and grows with a short's, by that underlying's share of all exposure.</para>
/// <para>(3) Distance = maintenance health ÷ that slope; 0 under water; none where no fall below a price of nothing, nor
/// a rise to <see cref="Farthest"/>, does it.</para>
/// For a book of futures in one underlying this is exact but for tiers of haircuts; options curve away from it.
/// </remarks>
internal static class Distance
{
    /// <summary>The farthest rise that is told: tenfold.</summary>
    public const double Farthest = 9;

    private const double Step = 1e-4;

    /// <summary>Distances by account ordinal; NaN where there is none. On the engine's thread.</summary>
    public static double[] OfAll(VenueState venue)
    {
        double[] distances = new double[venue.Accounts.Count];
        if (venue.Judgement is not { Model: { } model, Responses: { } responses })
        {
            Array.Fill(distances, double.NaN);

            return distances;
        }

        var exposures = new Exposures(venue, model, responses, Deltas(venue, model));
        ReadOnlySpan<Verdict> verdicts = venue.Judgement.Verdicts;
        for (int i = 0; i < distances.Length; i++)
        {
            (double exposure, double all) = exposures.Largest(i);
            distances[i] = Of(verdicts[i], exposure, all);
        }

        if (venue.Accounts.TryFind(AccountColumns.Provider, out AccountIndex provider)) distances[provider.Value] = double.NaN;

        return distances;
    }

    /// <summary>The distance of one account.</summary>
    /// <param name="verdict">Its verdict.</param>
    /// <param name="exposure">Its exposure to its largest underlying.</param>
    /// <param name="all">All its exposures without their signs.</param>
    public static double Of(in Verdict verdict, double exposure, double all)
    {
        if (verdict.MaintenanceHealth < 0) return 0;
        if (exposure == 0 || verdict.MaintenanceRequirement <= 0) return double.NaN;

        double requirement = verdict.MaintenanceRequirement * Math.Abs(exposure) / all;
        double slope = exposure > 0 ? exposure - requirement : -exposure + requirement;
        double distance = slope > 0 ? verdict.MaintenanceHealth / slope : double.NaN;

        // A hair below a fall to nothing is the rounding of a book that can never be liquidated.
        return distance < (exposure > 0 ? 1 - 1e-9 : Farthest) ? distance : double.NaN;
    }

    /// <summary>What one unit of each instrument gains in the numeraire per unit of relative move of its forward, the settlement asset's price held still.</summary>
    public static double[] Deltas(VenueState venue, MarginModel model)
    {
        double[] deltas = new double[model.InstrumentCount];
        for (int i = 0; i < deltas.Length; i++)
        {
            ContractTerms terms = model.Contract(i);
            var index = new InstrumentIndex(i);
            double forward = venue.Market.ForwardOf(index);
            double volatility = venue.Market.VolatilityOf(index);
            double years = terms.YearsAt(venue.Market.At);
            double up = UnitValue.Of(terms, forward * (1 + Step), volatility, years);
            double down = UnitValue.Of(terms, forward * (1 - Step), volatility, years);
            deltas[i] = (up - down) / (2 * Step) * venue.Market.PriceOf(new AssetIndex(terms.Settlement));
        }

        return deltas;
    }

    /// <summary>One account's exposures at a time, in reused columns.</summary>
    private sealed class Exposures
    {
        private readonly Judgement _book;
        private readonly MarginModel _model;
        private readonly ResponseSet _responses;
        private readonly double[] _deltas;
        private readonly int[] _rootOf;
        private readonly bool[] _moves;
        private readonly int[] _underlyings;
        private readonly double[] _net;
        private readonly double[] _byRoot;
        private readonly int[] _touched;
        private int _count;

        public Exposures(VenueState venue, MarginModel model, ResponseSet responses, double[] deltas)
        {
            (_book, _model, _responses, _deltas) = (venue.Judgement, model, responses, deltas);
            IReadOnlyList<Asset> assets = venue.Catalog.Assets;
            _rootOf = [.. Enumerable.Range(0, assets.Count).Select(a => Root(assets, a))];
            _moves = [.. assets.Select(asset => asset.Class is not (AssetClass.Stable or AssetClass.Fiat))];
            _underlyings = [.. venue.Catalog.Instruments.Select(instrument => instrument.Underlying.Value)];
            (_net, _byRoot, _touched) = (new double[assets.Count], new double[assets.Count], new int[2 * assets.Count]);
        }

        public (double Exposure, double All) Largest(int account)
        {
            _count = 0;
            Take(_book.Money.Columns(account), _book.Money.Values(account), _book.Positions.Columns(account), _book.Positions.Values(account));
            (double largest, double all) = (0, 0);
            for (int t = 0; t < _count; t++)
            {
                ref double exposure = ref _byRoot[_touched[t]];
                all += Math.Abs(exposure);
                if (Math.Abs(exposure) > Math.Abs(largest)) largest = exposure;
                exposure = 0;
            }

            return (largest, all);
        }

        private void Take(ReadOnlySpan<int> assets, ReadOnlySpan<double> coins, ReadOnlySpan<int> instruments, ReadOnlySpan<double> quantities)
        {
            for (int a = 0; a < assets.Length; a++) _net[assets[a]] += coins[a];
            for (int p = 0; p < instruments.Length; p++)
            {
                int instrument = instruments[p];
                _net[_responses.Settlements[instrument]] += quantities[p] * _responses.UnitValues[instrument];
                Add(_underlyings[instrument], quantities[p] * _deltas[instrument]);
            }

            for (int a = 0; a < assets.Length; a++) AddCoins(assets[a]);
            for (int p = 0; p < instruments.Length; p++) AddCoins(_responses.Settlements[instruments[p]]);
        }

        private void AddCoins(int asset)
        {
            double value = _net[asset] * _responses.AssetPrices[asset];
            _net[asset] = 0;
            Add(asset, value > 0 ? _model.CountedValue(asset, value) : value);
        }

        private void Add(int asset, double exposure)
        {
            int root = _rootOf[asset];
            if (exposure == 0 || !_moves[root]) return;

            if (_byRoot[root] == 0 && !_touched.AsSpan(0, _count).Contains(root)) _touched[_count++] = root;
            _byRoot[root] += exposure;
        }

        private static int Root(IReadOnlyList<Asset> assets, int asset)
        {
            for (int steps = 0; steps < assets.Count && assets[asset].Follows is { } next; steps++) asset = next.Value;

            return asset;
        }
    }
}
