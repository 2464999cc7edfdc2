using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Exposure;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests;

public class ExposureLaws
{
    private const int Seeds = 40;

    [Fact]
    public void A_mirrored_book_mirrors_its_greeks_to_the_bit()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            (TestVenue venue, GreekMatrix matrix) = Book(seed);
            (SparseRows positions, SparseRows money) = (Times(venue.Positions, -1), Times(venue.Money, -1));

            foreach (Bucketing by in Every(matrix))
            {
                Exposed[] here = GroupSums.Of(.., venue.Positions, venue.Money, matrix).By(by);
                Exposed[] there = GroupSums.Of(.., positions, money, matrix).By(by);
                for (int b = 0; b < here.Length; b++)
                {
                    there[b].Gross.ShouldBe(here[b].Gross, $"seed {seed} bucket {b}");
                    foreach (Greek greek in Enum.GetValues<Greek>()) there[b].Net[greek].ShouldBe(-here[b].Net[greek], $"seed {seed} bucket {b} {greek}");
                }
            }
        }
    }

    [Fact]
    public void Splitting_a_book_between_two_accounts_changes_nothing()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            (TestVenue venue, GreekMatrix matrix) = Book(seed);
            (SparseRows positions, SparseRows money) = (new SparseRows(), new SparseRows());
            foreach ((SparseRows split, SparseRows whole) in new[] { (positions, venue.Positions), (money, venue.Money) })
            {
                split.EnsureRows(2 * whole.Rows);
                for (int row = 0; row < whole.Rows; row++)
                {
                    split.ReplaceRow(2 * row, whole.Columns(row), Array.ConvertAll(whole.Values(row).ToArray(), q => 0.25 * q));
                    split.ReplaceRow((2 * row) + 1, whole.Columns(row), Array.ConvertAll(whole.Values(row).ToArray(), q => 0.75 * q));
                }
            }

            foreach (Bucketing by in Every(matrix))
                ShouldAgree(GroupSums.Of(.., positions, money, matrix).By(by), GroupSums.Of(.., venue.Positions, venue.Money, matrix).By(by), $"seed {seed}");
        }
    }

    [Fact]
    public void The_buckets_of_any_partition_add_up_to_the_venue_and_so_do_its_accounts()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            (TestVenue venue, GreekMatrix matrix) = Book(seed);
            var all = GroupSums.Of(.., venue.Positions, venue.Money, matrix);
            Exposed whole = all.Whole();

            foreach (Bucketing by in Every(matrix)) ShouldAgree([Sum(all.By(by))], [whole], $"seed {seed}");
            IEnumerable<Exposed> accounts = Enumerable.Range(0, venue.Positions.Rows).Select(a => GroupSums.Of(a..(a + 1), venue.Positions, venue.Money, matrix).Whole());
            ShouldAgree([Sum(accounts)], [whole], $"seed {seed}, accounts");
        }
    }

    [Fact]
    public void Gross_is_never_under_the_net()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            (TestVenue venue, GreekMatrix matrix) = Book(seed);
            foreach (Bucketing by in Every(matrix))
            {
                foreach (Exposed bucket in GroupSums.Of(.., venue.Positions, venue.Money, matrix).By(by))
                {
                    foreach (Greek greek in Enum.GetValues<Greek>())
                        bucket.Gross[greek].ShouldBeGreaterThanOrEqualTo(Math.Abs(bucket.Net[greek]), $"seed {seed} {greek}");
                }
            }
        }
    }

    [Fact]
    public void The_first_eight_greeks_of_every_account_are_those_of_its_exposure()
    {
        (TestVenue venue, GreekMatrix matrix) = Book(7);
        double[] all = new double[venue.Positions.Rows * Greeks.First];
        matrix.EveryAccount(venue.Positions, .., all);

        for (int a = 0; a < venue.Positions.Rows; a++)
        {
            Exposed one = GroupSums.Of(a..(a + 1), venue.Positions, venue.Money, matrix).Whole();
            for (int g = 0; g < Greeks.First; g++)
                all[(a * Greeks.First) + g].ShouldBe(one.Net[(Greek)g], 1e-12 * (1 + one.Gross[(Greek)g]), $"account {a} {(Greek)g}");
        }
    }

    [Fact]
    public void Each_greek_is_the_change_of_the_one_it_belongs_to()
    {
        var venue = new TestVenue();
        venue.Mark(venue.BtcCall, 61_000m, 0.6);
        venue.Mark(venue.BtcPut, 61_000m, 0.7);
        venue.Mark(venue.BtcInverseCall, 61_000m, 0.6);
        venue.Mark(venue.BtcInversePut, 61_000m, 0.9);
        foreach (InstrumentIndex option in new[] { venue.BtcCall, venue.BtcPut, venue.BtcInverseCall, venue.BtcInversePut, venue.BtcInverse })
        {
            ReadOnlySpan<double> unit = new GreekMatrix(venue.Model, venue.Market).Responses.Row(option.Value).ToArray();
            if (option != venue.BtcInverse)
            {
                decimal forward = 61_000m;
                double vol = venue.Market.VolatilityOf(option);
                Slope(option, v => venue.Mark(option, forward, v), vol, 1e-5, Greek.Value).ShouldBe(unit[(int)Greek.Vega] * 100, Near(unit[(int)Greek.Vega] * 100), $"{option} vega");
                Slope(option, v => venue.Mark(option, forward, v), vol, 1e-5, Greek.Delta).ShouldBe(unit[(int)Greek.Vanna] * 100, Near(unit[(int)Greek.Delta]), $"{option} vanna");
                Slope(option, v => venue.Mark(option, forward, v), vol, 1e-5, Greek.Vega).ShouldBe(unit[(int)Greek.Volga] * 100, Near(unit[(int)Greek.Vega]), $"{option} volga");
                venue.Mark(option, forward, vol);
                double theta = (After(option, Greek.Value) - unit[(int)Greek.Value]) * 1440;
                theta.ShouldBe(unit[(int)Greek.Theta], 1e-4 * Math.Abs(theta) + 1e-6, $"{option} theta");
                double charm = (After(option, Greek.Delta) - unit[(int)Greek.Delta]) * 1440;
                charm.ShouldBe(unit[(int)Greek.Charm], 1e-3 * Math.Abs(charm) + 1e-3, $"{option} charm");
            }
        }

        double Slope(InstrumentIndex option, Action<double> set, double at, double step, Greek of)
        {
            set(at + step);
            double up = new GreekMatrix(venue.Model, venue.Market).Responses.Row(option.Value)[(int)of];
            set(at - step);
            double down = new GreekMatrix(venue.Model, venue.Market).Responses.Row(option.Value)[(int)of];
            set(at);

            return (up - down) / (2 * step);
        }

        double After(InstrumentIndex option, Greek of)
        {
            var later = new TestVenue();
            later.Mark(option, 61_000m, venue.Market.VolatilityOf(option));
            later.Market.MoveTo(TestVenue.Start + TimeSpan.FromMinutes(1));

            return new GreekMatrix(later.Model, later.Market).Responses.Row(option.Value)[(int)of];
        }

        static double Near(double scale) => (1e-6 * Math.Abs(scale)) + 1e-6;
    }

    /// <summary>A coin contract's derivatives by the index itself, its forward following: deltas per unit, cash gamma, speed.</summary>
    [Fact]
    public void Gamma_and_speed_are_what_delta_and_gamma_change_by()
    {
        foreach (string name in new[] { "call", "put", "inverse call", "inverse put", "inverse perpetual" })
        {
            double[] at = Unit(name, 60_000);
            double step = 1;
            (double[] up, double[] down) = (Unit(name, 60_000 + step), Unit(name, 60_000 - step));
            double delta = (Value(up) - Value(down)) / (2 * step);
            Delta(at, 60_000).ShouldBe(delta, 1e-7, name);
            Gamma(at, 60_000).ShouldBe((Delta(up, 60_000 + step) - Delta(down, 60_000 - step)) / (2 * step), 1e-12, name);
            (at[(int)Greek.Speed] / 60_000 / 600 / 600).ShouldBe((Gamma(up, 60_000 + step) - Gamma(down, 60_000 - step)) / (2 * step), 1e-15, name);
        }

        static double Value(double[] unit) => unit[(int)Greek.Value];

        static double Delta(double[] unit, double spot) => unit[(int)Greek.Delta] / spot;

        static double Gamma(double[] unit, double spot) => unit[(int)Greek.Gamma] / spot / (spot / 100);

        // Coin-settled worth is held at the coin's price of today: its own move belongs to the coins held.
        static double[] Unit(string name, double spot)
        {
            var venue = new TestVenue();
            InstrumentIndex index = name switch
            {
                "call" => venue.BtcCall,
                "put" => venue.BtcPut,
                "inverse call" => venue.BtcInverseCall,
                "inverse put" => venue.BtcInversePut,
                _ => venue.BtcInverse,
            };
            venue.Price(venue.Btc, (decimal)spot);
            double[] unit = new GreekMatrix(venue.Model, venue.Market).Responses.Row(index.Value).ToArray();
            if (name.StartsWith("inverse", StringComparison.Ordinal))
                for (int g = 0; g < unit.Length; g++) unit[g] *= 60_000 / spot;

            return unit;
        }
    }

    [Fact]
    public void Linear_and_inverse_contracts_of_one_coin_have_the_delta_of_one_coin()
    {
        var venue = new TestVenue();
        int linear = venue.Open();
        int inverse = venue.Open();
        venue.Trade(linear, venue.BtcPerp, 1, 60_000);
        venue.Trade(inverse, venue.BtcInverse, 60_000, 60_000);
        var matrix = new GreekMatrix(venue.Model, venue.Market);

        foreach (int account in new[] { linear, inverse })
        {
            Exposed btc = GroupSums.Of(account..(account + 1), venue.Positions, venue.Money, matrix).By(Bucketing.ByUnderlying(matrix))[venue.Btc.Value];
            (btc.Net.Delta + btc.Net.Coins).ShouldBe(60_000, 1e-7);
            btc.Net.InCoin(60_000)!.Value.Delta.ShouldBe(1, 1e-12);
            btc.Gross.Notional.ShouldBe(60_000, 1e-7);
        }
    }

    [Fact]
    public void Greeks_agree_with_revaluation_for_any_account()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            var venue = new TestVenue();
            int account = new Chance(seed).Account(venue);
            var matrix = new GreekMatrix(venue.Model, venue.Market);
            Greeks btc = GroupSums.Of(account..(account + 1), venue.Positions, venue.Money, matrix).By(Bucketing.ByUnderlying(matrix))[venue.Btc.Value].Net;

            (double up, double down) = (EquityAt(venue, account, 1.001), EquityAt(venue, account, 0.999));

            // Second order in the index, with the cross term of coin and position: 60 is 0.1 % of 60,000.
            double scale = 1 + Math.Abs(up - down) + (1e-6 * Math.Abs(btc.Value));
            ((up - down) / 120).ShouldBe((btc.Delta + btc.Coins) / 60_000, scale * 1e-4, $"seed {seed}");
        }
    }

    private static double EquityAt(TestVenue venue, int account, double ratio)
    {
        venue.Responses.RebuildShifted(venue.Market, venue.Btc, ratio);

        return venue.Judged(account).Equity;
    }

    private static (TestVenue Venue, GreekMatrix Matrix) Book(ulong seed)
    {
        var venue = new TestVenue();
        var chance = new Chance(seed);
        for (int i = 0; i < 12; i++) chance.Account(venue);

        return (venue, new GreekMatrix(venue.Model, venue.Market));
    }

    private static Bucketing[] Every(GreekMatrix matrix) =>
        [Bucketing.Whole(matrix), Bucketing.ByUnderlying(matrix), Bucketing.ByExpiry(matrix), Bucketing.ByStrike(matrix), Bucketing.ByCell(matrix)];

    private static SparseRows Times(SparseRows rows, double factor)
    {
        var copy = new SparseRows();
        copy.EnsureRows(rows.Rows);
        for (int row = 0; row < rows.Rows; row++) copy.ReplaceRow(row, rows.Columns(row), Array.ConvertAll(rows.Values(row).ToArray(), q => factor * q));

        return copy;
    }

    private static Exposed Sum(IEnumerable<Exposed> parts)
    {
        double[] net = new double[Greeks.Count];
        double[] gross = new double[Greeks.Count];
        foreach (Exposed part in parts)
        {
            for (int g = 0; g < Greeks.Count; g++) (net[g], gross[g]) = (net[g] + part.Net[(Greek)g], gross[g] + part.Gross[(Greek)g]);
        }

        return new Exposed(Made(net), Made(gross));

        static Greeks Made(double[] s) => new(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10], s[11]);
    }

    private static void ShouldAgree(Exposed[] here, Exposed[] there, string which)
    {
        here.Length.ShouldBe(there.Length);
        for (int b = 0; b < here.Length; b++)
        {
            foreach (Greek greek in Enum.GetValues<Greek>())
            {
                double slack = (1e-12 * there[b].Gross[greek]) + 1e-300;
                here[b].Net[greek].ShouldBe(there[b].Net[greek], slack, $"{which} bucket {b} net {greek}");
                here[b].Gross[greek].ShouldBe(there[b].Gross[greek], slack, $"{which} bucket {b} gross {greek}");
            }
        }
    }
}
