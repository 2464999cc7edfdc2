using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>What would have been liquidated by the time an underlying is at a price.</summary>
/// <param name="Price">The price, in the numeraire.</param>
/// <param name="LongNotional">Below today's price: notional liquidated on the way down, in the numeraire.</param>
/// <param name="ShortNotional">Above it: notional liquidated on the way up.</param>
public sealed record ThresholdPoint(double Price, double LongNotional, double ShortNotional);

/// <summary>Where one underlying's price liquidates how much.</summary>
/// <param name="Underlying">Its name.</param>
/// <param name="Points">By price, ascending.</param>
public sealed record ThresholdMap(string Underlying, IReadOnlyList<ThresholdPoint> Points)
{
    private const int Steps = 30;
    private const double Step = 0.02;

    /// <summary>
    /// Moves an underlying by −60 % to +60 % in steps of 2 % and judges every account at each, by the same judge that
    /// liquidates. Notional is that of the account's contracts on the underlying today; who is under water today counts
    /// at once, on the side he is exposed to. Whoever was liquidated nearer stays liquidated farther away.
    /// </summary>
    internal static ThresholdMap Of(BooksCopy books, AssetIndex underlying, int threads)
    {
        Catalog catalog = books.Listing.Catalog;
        double price = books.Market.PriceOf(underlying);
        if (books.Listing.Model is not { } model || !(price > 0)) return new ThresholdMap(catalog[underlying].Id.Value, []);

        var grid = new Grid(books, model, underlying, threads);
        ThresholdPoint[] points = new ThresholdPoint[(2 * Steps) + 1];
        grid.MoveTo(1);
        (double below, double above) = grid.Sunk();
        points[Steps] = new ThresholdPoint(price, below, above);
        bool[] today = grid.Counted();
        for (int step = 1; step <= Steps; step++) points[Steps - step] = new ThresholdPoint(price * (1 - (Step * step)), below += grid.At(1 - (Step * step)), 0);
        grid.Restore(today);
        for (int step = 1; step <= Steps; step++) points[Steps + step] = new ThresholdPoint(price * (1 + (Step * step)), 0, above += grid.At(1 + (Step * step)));

        return new ThresholdMap(catalog[underlying].Id.Value, points);
    }

    /// <summary>The underlyings of listed contracts, in the order of listing.</summary>
    internal static IReadOnlyList<AssetIndex> Underlyings(Catalog catalog) =>
        [.. catalog.Instruments.Where(instrument => instrument.HasPositions).Select(instrument => instrument.Underlying).Distinct().Order()];

    /// <summary>Everybody's verdicts at one shifted price after another.</summary>
    private sealed class Grid
    {
        private readonly BooksCopy _books;
        private readonly MarginModel _model;
        private readonly AssetIndex _underlying;
        private readonly int _threads;
        private readonly ResponseSet _responses;
        private readonly Verdict[] _verdicts;
        private readonly double[] _notionals;
        private readonly double[] _sides;
        private bool[] _counted;

        public Grid(BooksCopy books, MarginModel model, AssetIndex underlying, int threads)
        {
            (_books, _model, _underlying, _threads) = (books, model, underlying, threads);
            _responses = new ResponseSet(model);
            _verdicts = new Verdict[books.Positions.Rows];
            _counted = new bool[_verdicts.Length];
            _notionals = new double[_verdicts.Length];
            _sides = new double[_verdicts.Length];
            for (int i = 0; i < _verdicts.Length; i++) Measure(i);
        }

        public void MoveTo(double ratio)
        {
            _responses.RebuildShifted(_books.Market, _underlying, ratio);
            Judge.All(_books.Positions, _books.Money, _responses, _model, _verdicts, _threads);
        }

        /// <summary>Who is under water today, by side.</summary>
        public (double Long, double Short) Sunk()
        {
            (double longs, double shorts) = (0, 0);
            for (int i = 0; i < _verdicts.Length; i++)
            {
                if (!Sinks(i)) continue;
                if (_sides[i] >= 0) longs += _notionals[i];
                else shorts += _notionals[i];
            }

            return (longs, shorts);
        }

        /// <summary>Notional of those who are under water at a price and were not nearer to today's.</summary>
        public double At(double ratio)
        {
            MoveTo(ratio);
            double sum = 0;
            for (int i = 0; i < _verdicts.Length; i++)
            {
                if (Sinks(i)) sum += _notionals[i];
            }

            return sum;
        }

        public bool[] Counted() => [.. _counted];

        public void Restore(bool[] counted) => _counted = counted;

        private bool Sinks(int account)
        {
            if (_counted[account] || !_verdicts[account].IsLiquidatable || _notionals[account] == 0) return false;

            return _counted[account] = true;
        }

        private void Measure(int account)
        {
            if (_books.Carries[account].Account == AccountColumns.Provider) return;

            ReadOnlySpan<int> instruments = _books.Positions.Columns(account);
            ReadOnlySpan<double> quantities = _books.Positions.Values(account);
            for (int p = 0; p < instruments.Length; p++)
            {
                Instrument instrument = _books.Listing.Catalog.Instruments[instruments[p]];
                if (instrument.Underlying != _underlying) continue;

                double notional = quantities[p] * _books.UnitNotionals[instruments[p]];
                _notionals[account] += Math.Abs(notional);
                _sides[account] += instrument.Side == OptionSide.Put ? -notional : notional;
            }
        }
    }
}
