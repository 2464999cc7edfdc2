using System.IO.Compression;
using Plimsoll.Pricing.Futures;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Published;

namespace Plimsoll.Pricing.Tests.Futures;

/// <summary>Six years of one venue's funding and one of seven venues', as they paid it.</summary>
[Trait("Category", "Published")]
public sealed class Funding_as_venues_paid_it
{
    private const string Folder = "data/funding";
    private const double MillisecondsPerHour = 3_600_000;

    private static readonly IReadOnlyList<Series> All = Read();

    public static IEnumerable<ITheoryDataRow> Rows()
    {
        if (All.Count == 0) return [new TheoryDataRow<int>(-1) { Skip = SharedFolder.HowToFind(Folder), TestDisplayName = Folder }];
        return Enumerable.Range(0, All.Count).Select(i => new TheoryDataRow<int>(i) { TestDisplayName = All[i].Name });
    }

    /// <summary>Short one coin's worth for the whole record: what came in is what the exposure says, payment by payment.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void A_short_receives_its_exposure_times_the_rates(int series)
    {
        Series record = All[series];
        var perpetual = new ContractTerms(ContractShape.LinearForward, default, 0, default, 0, 1, 1);
        double received = 0, told = 0;
        foreach (FundingRate rate in record.Rates)
        {
            received -= FundingExposure.Received(perpetual, 10_000, rate);
            told -= FundingExposure.PerUnit(perpetual, 10_000, 1) * (rate.PerEightHours / FundingExposure.BasisPoint) * (rate.Hours / 8);
            rate.Accrued(rate.Hours / 2).ShouldBe(rate.Rate / 2, 1e-18);
        }

        received.ShouldBe(10_000 * record.Rates.Sum(rate => rate.Rate), 1e-6);
        told.ShouldBe(received, 1e-8 * (1 + Math.Abs(received)));
    }

    /// <summary>Hourly, four- and eight-hourly venues speak of one market: over the same time their mean rates lie near one another.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Rates_of_all_periods_are_of_one_size_over_8_hours(int series)
    {
        Series record = All[series];

        record.Hours.ShouldBeOneOf(1, 4, 8);
        record.Rates.Average(rate => rate.PerEightHours).ShouldBeInRange(-2e-4, 4e-4);
        record.Rates.Max(rate => Math.Abs(rate.PerYear)).ShouldBeLessThan(25);
    }

    [Fact]
    public void The_files_hold_the_records_they_promise()
    {
        Assert.SkipWhen(All.Count == 0, SharedFolder.HowToFind(Folder));
        All.Count.ShouldBeGreaterThan(30);
        All.ShouldAllBe(record => record.Rates.Count > 200);
    }

    [Fact]
    public void From_2019_to_2025_a_short_of_bitcoin_was_paid_78_per_cent_of_its_notional()
    {
        Series? record = All.FirstOrDefault(series => series.Name == "binance_funding_8h_btcusdt");
        Assert.SkipWhen(record is null, SharedFolder.HowToFind(Folder));

        record.Rates.Count.ShouldBe(6_638);
        record.Rates.Sum(rate => rate.Rate).ShouldBe(0.78093, 1e-5);
    }

    /// <summary>Every file of the folder; a record is what a file says of one venue and coin, with the period its own times show.</summary>
    private static List<Series> Read()
    {
        var all = new List<Series>();
        if (SharedFolder.Find(Folder) is not { } folder) return all;

        foreach (string path in Directory.GetFiles(folder, "*.csv.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            string[] header = reader.ReadLine()!.Split(',');
            (int at, int value) = (Array.IndexOf(header, "ts_ms"), Array.IndexOf(header, "funding_rate"));
            int[] names = [.. Enumerable.Range(0, header.Length).Where(column => column != at && column != value)];
            var byName = new SortedDictionary<string, List<(long At, double Rate)>>(StringComparer.Ordinal);
            while (reader.ReadLine() is { } line)
            {
                string[] fields = line.Split(',');
                string name = names.Length == 0 ? Path.GetFileName(path).Replace(".csv.gz", "", StringComparison.Ordinal) : string.Join(' ', names.Select(column => fields[column]));
                if (!byName.TryGetValue(name, out var rows)) byName.Add(name, rows = []);
                rows.Add((long.Parse(fields[at], System.Globalization.CultureInfo.InvariantCulture), double.Parse(fields[value], System.Globalization.CultureInfo.InvariantCulture)));
            }

            all.AddRange(byName.Select(one => Series.Of(one.Key, one.Value)));
        }

        return all;
    }

    private sealed record Series(string Name, double Hours, IReadOnlyList<FundingRate> Rates)
    {
        public static Series Of(string name, List<(long At, double Rate)> rows)
        {
            // Payments may be missing, but most neighbours are one period apart.
            double hours = Math.Round(rows.Zip(rows.Skip(1), (a, b) => b.At - a.At).Order().ElementAt((rows.Count - 1) / 2) / MillisecondsPerHour);

            return new Series(name, hours, [.. rows.Select(row => new FundingRate(row.Rate, hours))]);
        }
    }
}
