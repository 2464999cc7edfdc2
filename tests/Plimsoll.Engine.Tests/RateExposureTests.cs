using System.Globalization;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Pricing.Futures;
using Plimsoll.Pricing.Responses;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>What the rate columns promise is what the ledger moves.</summary>
public sealed class RateExposureTests
{
    [Fact]
    public void Funding_moves_what_the_exposure_says_for_every_basis_point_and_nothing_at_the_venue()
    {
        TestVenue venue = TestVenue.Open();
        venue.Rich("bob");
        venue.Account("alice");
        venue.Deposit("alice", "100000", "USDC");
        venue.Deposit("alice", "1", "BTC");
        venue.Fill("alice", "bob", "BTC_USDC-PERPETUAL", 2.5m, 8_000m);
        venue.Fill("bob", "alice", "BTC-PERPETUAL", 30_000m, 8_000m);
        venue.Fill("alice", "bob", "BTC-27MAR20", 5_000m, 8_000m);
        RatesOf(venue, "alice").Funding.ShouldBe(-(20_000 - 30_000) * 1e-4, 1e-9);

        (decimal usdc, decimal btc) = (Cash(venue, "USDC"), Cash(venue, "BTC"));
        double told = RatesOf(venue, "alice").Funding * 7;
        venue.Accept(new PayFunding(new InstrumentId("BTC_USDC-PERPETUAL"), 0.0007m));
        venue.Accept(new PayFunding(new InstrumentId("BTC-PERPETUAL"), 0.0007m));

        ((double)(Cash(venue, "USDC") - usdc) + ((double)(Cash(venue, "BTC") - btc) * 8_000)).ShouldBe(told, 1e-3);
        Matrix(venue).Of(.., venue.State.Judgement.Positions, new SparseRows()).ShouldBeEmpty("every long has its short");
        RatesOf(venue, "bob").Funding.ShouldBe(-RatesOf(venue, "alice").Funding, 1e-9);
        RatesOf(venue, "bob").Basis.ShouldBe(-RatesOf(venue, "alice").Basis, 1e-12);
    }

    [Fact]
    public void Interest_moves_what_the_exposure_says_for_every_basis_point()
    {
        TestVenue venue = TestVenue.Open();
        venue.Rich("bob");
        venue.Accept(new Borrow(new AccountId("bob"), new AssetId("ETH"), "1000"));
        var loans = new SparseRows();
        loans.EnsureRows(venue.State.Accounts.Count);
        loans.Set(venue.Index("bob").Value, venue.State.Asset(new AssetId("ETH")).Value, -1_000);
        double told = Matrix(venue).Of(.., venue.State.Judgement.Positions, loans).Single().Interest;

        venue.Accept(new AccrueInterest(new AssetId("ETH"), 0.0001m));

        told.ShouldBe(-1_000 * 200 * 1e-4, 1e-9);
        ((double)decimal.Parse(venue.Loan("bob", "ETH"), CultureInfo.InvariantCulture) + 1_000).ShouldBe(told / 200, 1e-12);
    }

    private static decimal Cash(TestVenue venue, string asset) => decimal.Parse(venue.Cash("alice", asset), CultureInfo.InvariantCulture);

    private static RateMatrix Matrix(TestVenue venue) => new(venue.State.Catalog, venue.State.Market);

    private static RateExposure RatesOf(TestVenue venue, string account)
    {
        int row = venue.Index(account).Value;

        return Matrix(venue).Of(row..(row + 1), venue.State.Judgement.Positions, new SparseRows()).Single();
    }
}
