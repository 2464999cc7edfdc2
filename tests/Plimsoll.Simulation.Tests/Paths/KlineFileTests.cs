using Plimsoll.Markets.Bars;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Paths;

public sealed class KlineFileTests
{
    private const string Header = "ts_ms,open,high,low,close,volume\n";
    private const string First = "1583971200000,100,110,90,105,7\n";
    private const string Second = "1583974800000,105,106,95,96,7\n";
    private const string Third = "1583978400000,96,99,95,98,7\n";

    [Fact]
    public void A_file_in_the_shared_format_is_read_bar_by_bar()
    {
        using var file = new TempFile(Header + First + Second);

        KlineFile klines = KlineFile.Open(file.Path);

        klines.Bars.ShouldBe(2);
        klines.Width.ShouldBe(TimeSpan.FromHours(1));
        klines.Read(klines.First, klines.Last).ShouldBe([new Bar(Instant.Utc(2020, 3, 12), 100, 110, 90, 105, 7)]);
    }

    [Theory]
    [InlineData("1583971200000", "1583974800000")]
    [InlineData("1583971200000000", "1583974800000000")]
    [InlineData("1583971200000", "1583974800000000")]
    public void The_exchange_s_own_format_is_read_in_milliseconds_and_in_microseconds(string first, string second)
    {
        using var file = new TempFile($"{first},100,110,90,105,7,1583974799999,700,12,3,300,0\n{second},105,106,95,96,7,1583978399999,700,12,3,300,0\n");

        KlineFile klines = KlineFile.Open(file.Path);

        klines.First.ShouldBe(Instant.Utc(2020, 3, 12));
        klines.Last.ShouldBe(Instant.Utc(2020, 3, 12, 1));
    }

    [Fact]
    public void Gzip_is_told_by_its_bytes_and_not_by_its_name()
    {
        using var packed = new TempFile(TempFile.Gzip(Header + First + Second));
        using var plain = new TempFile(Header + First + Second);

        KlineFile.Open(packed.Path).Read(default, new Instant(long.MaxValue))
            .ShouldBe(KlineFile.Open(plain.Path).Read(default, new Instant(long.MaxValue)));
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_change_nothing()
    {
        using var file = new TempFile('\uFEFF' + (Header + First + Second).Replace("\n", "\r\n", StringComparison.Ordinal));

        KlineFile.Open(file.Path).Bars.ShouldBe(2);
    }

    [Fact]
    public void A_price_in_exponent_form_is_a_price()
    {
        using var file = new TempFile(Header + First + "1583974800000,6e-05,6e-05,4e-05,5e-05,1.5e3\n");

        KlineFile.Open(file.Path).Read(Instant.Utc(2020, 3, 12, 1), Instant.Utc(2020, 3, 12, 2)).Single().Low.ShouldBe(0.00004m);
    }

    [Theory]
    [InlineData("1583974800000,105,106,95,96", ":3 columns: found '5', expected 6 (as in the header; or the header ts_ms,open,high,low,close,volume)")]
    [InlineData("1583974800000,105,106,95,96,7,8", ":3 columns: found '7', expected 6 (as in the header; or the header ts_ms,open,high,low,close,volume)")]
    [InlineData("1583974800000,1o5,106,95,96,7", ":3 open: found '1o5', expected a number")]
    [InlineData("1583974800000,105,NaN,95,96,7", ":3 high: found 'NaN', expected a number")]
    [InlineData("1583974800000,105,106,,96,7", ":3 low: found '', expected a number")]
    [InlineData("1583974800000,105,106,95,Infinity,7", ":3 close: found 'Infinity', expected a number")]
    [InlineData("1583974800000,105,106,0,96,7", ":3 low: found '0', expected a price from 0.000000000001 to 1000000000000")]
    [InlineData("1583974800000,105,106,-95,96,7", ":3 low: found '-95', expected a price from 0.000000000001 to 1000000000000")]
    [InlineData("1583974800000,105,106,95,96,-7", ":3 volume: found '-7', expected a volume of 0 or more")]
    [InlineData("1583974800000,105,106,95,96,x", ":3 volume: found 'x', expected a number")]
    [InlineData("1583974800000,105,104,95,96,7", ":3 high: found '104', expected the highest price of the bar")]
    [InlineData("1583974800000,105,106,97,96,7", ":3 low: found '97', expected the lowest price of the bar")]
    [InlineData("1583967600000,105,106,95,96,7", ":3 open time: found '2020-03-11T23:00:00Z', expected a time after 2020-03-12T00:00:00Z")]
    [InlineData("1583971200000,105,106,95,96,7", ":3 open time: found '2020-03-12T00:00:00Z', expected each bar once")]
    [InlineData("1583974800,105,106,95,96,7", ":3 open time: found '1583974800', expected milliseconds or microseconds since 1970")]
    [InlineData("2020-03-12,105,106,95,96,7", ":3 open time: found '2020-03-12', expected milliseconds or microseconds since 1970")]
    [InlineData("99999999999999999999,105,106,95,96,7", ":3 open time: found '99999999999999999999', expected milliseconds or microseconds since 1970")]
    [InlineData("", ":3 line: found '', expected a bar")]
    [InlineData("a\u0007b", ":3 columns: found '1', expected 6 (as in the header; or the header ts_ms,open,high,low,close,volume)")]
    public void A_bad_line_is_refused_with_its_place_and_what_was_expected(string line, string message)
    {
        using var file = new TempFile(Header + First + line + "\n");

        Should.Throw<InputException>(() => KlineFile.Open(file.Path)).Message.ShouldBe(file.Path + message);
    }

    [Fact]
    public void A_bad_line_long_after_the_range_still_refuses_the_file()
    {
        using var file = new TempFile(Header + First + Second + "1583978400000,bad,1,1,1,1\n");

        Should.Throw<InputException>(() => KlinePath.Read([(new AssetId("BTC"), file.Path)], Instant.Utc(2020, 3, 12), Instant.Utc(2020, 3, 12, 2)));
    }

    [Fact]
    public void A_header_of_other_columns_is_not_a_bar()
    {
        using var file = new TempFile("time,o,h,l,c,v\n" + First);

        Should.Throw<InputException>(() => KlineFile.Open(file.Path)).Message.ShouldStartWith($"{file.Path}:1 columns: found '6', expected 12");
    }

    [Fact]
    public void A_truncated_gzip_is_refused()
    {
        string text = Header + string.Concat(Enumerable.Range(0, 2000).Select(i => $"{1583971200000 + (i * 3600000L)},{100 + (i * 7919 % 97)},300,1,{100 + (i * 104729 % 89)},{i}\n"));
        byte[] packed = TempFile.Gzip(text);
        for (int kept = 2; kept < packed.Length; kept += 997)
        {
            using var file = new TempFile(packed[..kept]);

            Should.Throw<InputException>(() => KlineFile.Open(file.Path), $"{kept} bytes kept").Message.ShouldEndWith("found damaged or truncated gzip data, expected a complete file");
        }
    }

    [Fact]
    public void A_gzip_cut_inside_its_trailer_is_refused()
    {
        byte[] packed = TempFile.Gzip(Header + First + Second);
        using var file = new TempFile(packed[..^4]);

        Should.Throw<InputException>(() => KlineFile.Open(file.Path));
    }

    [Fact]
    public void A_gzip_with_a_flipped_bit_is_refused()
    {
        byte[] packed = TempFile.Gzip(Header + First + Second);
        packed[packed.Length / 2] ^= 0x10;
        using var file = new TempFile(packed);

        Should.Throw<InputException>(() => KlineFile.Open(file.Path));
    }

    [Fact]
    public void A_missing_file_is_refused_in_one_line()
    {
        string message = Should.Throw<InputException>(() => KlineFile.Open("/no/such/file.csv")).Message;

        message.ShouldStartWith("/no/such/file.csv: expected a readable file");
        message.ShouldNotContain('\n');
    }

    [Fact]
    public void A_file_without_line_ends_does_not_fill_the_memory()
    {
        using var file = new TempFile(new string('1', 100_000));

        Should.Throw<InputException>(() => KlineFile.Open(file.Path)).Message.ShouldContain("longer than 4096 characters");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ts_ms,open,high,low,close,volume\n")]
    [InlineData(Header + First)]
    public void A_file_of_fewer_than_two_bars_has_no_width(string text)
    {
        using var file = new TempFile(text);

        Should.Throw<InputException>(() => KlineFile.Open(file.Path)).Message.ShouldEndWith("expected at least two");
    }

    [Fact]
    public void Missing_bars_are_counted_on_the_grid_of_the_shortest_step()
    {
        using var file = new TempFile(Header + First + Second + Third + "1583992800000,98,99,97,98,1\n");

        KlineFile.Open(file.Path).Survey(default, new Instant(long.MaxValue)).Missing.ShouldBe(3);
    }

    [Fact]
    public void A_wick_of_more_than_half_is_counted_and_kept()
    {
        using var file = new TempFile(Header + First + "1583974800000,105,106,0.0001,96,7\n" + Third);

        KlineSurvey survey = KlineFile.Open(file.Path).Survey(default, new Instant(long.MaxValue));

        survey.SuspiciousWicks.ShouldBe(1);
        survey.FirstSuspiciousWick.ShouldBe(Instant.Utc(2020, 3, 12, 1));
        KlinePath.Read([(new AssetId("LINK"), file.Path)]).Ticks().Select(tick => tick.Prices[0]).ShouldContain(0.0001m);
    }
}
