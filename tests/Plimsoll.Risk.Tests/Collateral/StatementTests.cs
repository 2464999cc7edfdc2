using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Collateral.Statements;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Collateral;

public sealed class StatementTests
{
    private const string Header = "token,usdt_price,vip_loan_tiers,margin_tiers,portfolio_margin_tiers\n";
    private const string Customers = "rn,id,e_btc,d_btc,btc,vl_btc,m_btc,pm_btc,total_net_balance_usdt\n";

    [Fact]
    public void A_value_beyond_the_last_tier_counts_no_more()
    {
        CollateralTerms terms = Tiers("\"[0-100:100, 100-300:50]\"");

        CollateralValue.Counted(terms, 100m).ShouldBe(100m);
        CollateralValue.Counted(terms, 300m).ShouldBe(200m);
        CollateralValue.Counted(terms, 1e15m).ShouldBe(200m);
    }

    [Fact]
    public void An_empty_schedule_counts_nothing()
    {
        HaircutFile file = HaircutFile.Read($"{Header}x,1,[],,[0-18446744073709551615:0]", "t.csv");

        file.Rows[0][PledgedFor.VipLoan].ShouldBeNull();
        file.Rows[0][PledgedFor.Margin].ShouldBeNull();
        CollateralValue.Counted(file.Rows[0][PledgedFor.PortfolioMargin], 1000m).ShouldBe(0m);
    }

    [Fact]
    public void Nothing_is_lost_in_the_digits_of_a_holding()
    {
        CollateralTerms terms = Tiers("[0-10:99.99]");

        CollateralValue.Counted(terms, 0.000_000_000_000_000_001m).ShouldBe(0.000_000_000_000_000_000_999_9m);
    }

    [Theory]
    [InlineData("x,1,[0-100:100],[100-200:50],[]", "t.csv:2 margin_tiers")]
    [InlineData("x,1,\"[0-100:100,200-300:50]\",,", "t.csv:2 vip_loan_tiers")]
    [InlineData("x,1,\"[0-100:50,100-300:60]\",,", "t.csv:2 vip_loan_tiers")]
    [InlineData("x,1,[0-0:50],,", "t.csv:2 vip_loan_tiers")]
    [InlineData("x,1,[0-100:101],,", "t.csv:2 vip_loan_tiers")]
    [InlineData("x,1,[0-100:-1],,", "t.csv:2 vip_loan_tiers")]
    [InlineData("x,1,[0-18446744073709551616:1],,", "t.csv:2 vip_loan_tiers")]
    [InlineData("x,1,\"[0-18446744073709551615:9,18446744073709551615-18446744073709551615:1]\",,", "t.csv:2 vip_loan_tiers")]
    [InlineData("x,1,0-100:1,,", "t.csv:2 vip_loan_tiers")]
    [InlineData("x,0,,,", "t.csv:2 usdt_price")]
    [InlineData("x,NaN,,,", "t.csv:2 usdt_price")]
    [InlineData("x y,1,,,", "t.csv:2 token")]
    [InlineData("x,1,,,\nX,1,,,", "t.csv:3 token")]
    [InlineData("x,1,,", "t.csv:2")]
    [InlineData("x,1,\"[0-1:1],,", "t.csv:2")]
    [InlineData("x,1,\"[0-1:1]\"y,,", "t.csv:2")]
    [InlineData("", "t.csv")]
    public void A_cell_that_cannot_be_used_names_its_place(string row, string place) =>
        Should.Throw<InputException>(() => HaircutFile.Read(Header + row, "t.csv")).Place.ShouldBe(place);

    [Fact]
    public void A_pledge_of_exactly_what_one_has_is_allowed_and_a_unit_more_is_not()
    {
        StatementFault[] faults = Faults("0,a,1.00000000,0,1,0.5,0.25,0.25,0\n1,b,1.00000000,0,1,0.5,0.25,0.25000001,0");

        faults.ShouldBe([StatementFault.CollateralExceedsEquity]);
    }

    [Fact]
    public void Debts_are_held_against_what_pledges_count_and_not_against_what_they_are_worth()
    {
        HaircutFile tiers = HaircutFile.Read($"{Header}btc,10,[0-100:90],,", "t.csv");
        StatedCustomer[] customers = [.. CustomerStatement.Read($"{Customers}0,a,100,9,91,10,0,0,0\n1,b,100,9.00000001,90.99999999,100,0,0,0", "c.csv")];

        StatementCheck.Backing(customers[0], tiers).ShouldBe(new StatedBacking(customers[0], 90m, 90m));
        StatementCheck.Faults([.. customers], tiers).ShouldHaveSingleItem().Customer.Id.ShouldBe("b");
    }

    [Fact]
    public void A_net_of_nothing_but_noughts_is_none_stated()
    {
        Faults("0,a,3,1,0,0,0,0,0").ShouldBeEmpty();
        Faults("0,a,3,1,2.00000000,0,0,0,0").ShouldBeEmpty();
        Faults("0,a,3,1,2.00000002,0,0,0,0").ShouldBe([StatementFault.NetDiffers]);
    }

    [Theory]
    [InlineData("0,a,-1,0,0,0,0,0,0", "c.csv:2 e_btc")]
    [InlineData("0,a,1,x,0,0,0,0,0", "c.csv:2 d_btc")]
    [InlineData("0,a,1,0,0,0,0,1e30,0", "c.csv:2 pm_btc")]
    [InlineData("0,a,1,0,0,0,0,0,", "c.csv:2 total_net_balance_usdt")]
    [InlineData("0,,1,0,0,0,0,0,0", "c.csv:2 id")]
    [InlineData("0,a,1,0,0,0,0,0,0\n1,a,1,0,0,0,0,0,0", "c.csv:3 id")]
    [InlineData("0,a,1,0,0,0,0,0,0\n0,b,1,0,0,0,0,0,0", "c.csv:3 rn")]
    [InlineData("0,a,1,0,0,0,0,0", "c.csv:2")]
    public void A_customer_that_cannot_be_read_names_its_place(string row, string place) =>
        Should.Throw<InputException>(() => CustomerStatement.Read(Customers + row, "c.csv")).Place.ShouldBe(place);

    [Theory]
    [InlineData("rn,id,e_btc,d_btc,btc,vl_btc,m_btc,total_net_balance_usdt", "c.csv:1 pm_btc")]
    [InlineData("rn,id,e_btc,d_btc,btc,vl_btc,m_btc,pm_btc,pm_btc,total_net_balance_usdt", "c.csv:1 pm_btc")]
    [InlineData("rn,id,e_btc,d_btc,btc,vl_btc,m_btc,pm_btc,vl_eth,total_net_balance_usdt", "c.csv:1 vl_eth")]
    [InlineData("rn,id,total_net_balance_usdt", "c.csv:1 header")]
    public void A_header_that_is_no_statement_names_the_column(string header, string place) =>
        Should.Throw<InputException>(() => CustomerStatement.Read($"{header}\n{new string(',', header.Count(c => c == ','))}", "c.csv")).Place.ShouldBe(place);

    [Fact]
    public void An_asset_without_tiers_is_not_passed_over()
    {
        HaircutFile tiers = HaircutFile.Read($"{Header}eth,10,,,", "t.csv");

        Should.Throw<InputException>(() => StatementCheck.Faults(CustomerStatement.Read($"{Customers}0,a,1,0,1,1,0,0,0", "c.csv"), tiers)).Place.ShouldBe("c.csv:2 e_btc");
        StatementCheck.Faults(CustomerStatement.Read($"{Customers}0,a,1,0,1,0,0,0,0", "c.csv"), tiers).ShouldBeEmpty();
    }

    private static CollateralTerms Tiers(string cell) => HaircutFile.Read($"{Header}x,1,{cell},,", "t.csv").Rows[0][PledgedFor.VipLoan]!;

    private static StatementFault[] Faults(string rows) => [.. StatementCheck.Faults(CustomerStatement.Read(Customers + rows, "c.csv")).Select(fault => fault.Fault)];
}
