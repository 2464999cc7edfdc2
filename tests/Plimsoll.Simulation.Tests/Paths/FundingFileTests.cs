using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Paths;

public sealed class FundingFileTests
{
    [Fact]
    public void Payments_are_read_in_order()
    {
        using var file = new TempFile("ts_ms,funding_rate\n1583971200000,0.0001\n1584000000000,-2.5e-4\n");

        FundingFile.Read(file.Path).ShouldBe([new(Instant.Utc(2020, 3, 12), 0.0001), new(Instant.Utc(2020, 3, 12, 8), -0.00025)]);
    }

    [Theory]
    [InlineData("ts,rate\n", ":1 header")]
    [InlineData("ts_ms,funding_rate\n1583971200000\n", ":2 columns")]
    [InlineData("ts_ms,funding_rate\n1583971200000,NaN\n", ":2 funding_rate")]
    [InlineData("ts_ms,funding_rate\n1583971200000,7\n", ":2 funding_rate")]
    [InlineData("ts_ms,funding_rate\nnever,0.1\n", ":2 ts_ms")]
    [InlineData("ts_ms,funding_rate\n1583971200000,0.1\n1583971200000,0.1\n", ":3 ts_ms")]
    public void What_is_no_payment_is_refused_by_line_and_field(string text, string part)
    {
        using var file = new TempFile(text);

        Should.Throw<InputException>(() => FundingFile.Read(file.Path)).Message.ShouldContain(part);
    }
}
