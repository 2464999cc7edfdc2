using System.Numerics;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Units.State;
using Plimsoll.Units.Tests;

namespace Plimsoll.Ledger.Tests.Accounts;

public sealed class LedgerPropertyTests
{
    private const int Assets = 5;

    [Fact]
    public void After_any_postings_every_balance_is_the_sum_of_its_legs_and_every_asset_sums_to_zero() => Seeded.Holds(40, chance =>
    {
        GeneralLedger ledger = new();
        Dictionary<(Holder, int), BigInteger> books = [];
        int accounts = 1 + chance.Below(60);
        for (int i = 0; i < accounts; i++) ledger.Open();

        for (int round = 0; round < 150; round++)
        {
            Leg[] legs = Balanced(chance, accounts);
            if (!TryPost(ledger, legs)) continue;
            foreach (Leg leg in legs) books[(leg.Holder, leg.Asset.Value)] = books.GetValueOrDefault((leg.Holder, leg.Asset.Value)) + (BigInteger)leg.Amount.Units;
            if (round % 10 == 0) ledger.Audit();
        }

        ledger.Audit();
        foreach (((Holder holder, int asset), BigInteger expected) in books)
            ((BigInteger)BalanceOf(ledger, holder, asset).Units).ShouldBe(expected, $"{holder} in asset {asset}");
        for (int asset = 0; asset < Assets; asset++)
        {
            BigInteger cash = books.Where(b => b.Key.Item2 == asset && b.Key.Item1.IsCustomer && b.Key.Item1.Purse == Purse.Cash).Aggregate(BigInteger.Zero, (s, b) => s + b.Value);
            ((BigInteger)ledger.ControlTotal(Purse.Cash, new(asset)).Units).ShouldBe(cash);
            (ledger.ControlTotal(Purse.Cash, new(asset)) + ledger.ControlTotal(Purse.Loan, new(asset)) + ledger.FundTotal(new(asset))).ShouldBe(Amount.Zero);
        }
    });

    [Fact]
    public void A_refused_posting_leaves_not_a_bit_behind() => Seeded.Holds(40, chance =>
    {
        GeneralLedger ledger = new();
        int accounts = 1 + chance.Below(8);
        for (int i = 0; i < accounts; i++) ledger.Open();
        for (int round = 0; round < 60; round++)
        {
            Leg[] legs = Balanced(chance, accounts);
            if (chance.Coin()) legs[chance.Below(legs.Length)] = Spoiled(chance, legs[0], accounts);
            Hash256 before = Encoded.HashOf(ledger);

            if (!TryPost(ledger, legs)) Encoded.HashOf(ledger).ShouldBe(before);
            ledger.Audit();
        }
    });

    [Fact]
    public void A_ledger_reads_back_to_the_same_bytes_hash_and_balances() => Seeded.Holds(30, chance =>
    {
        GeneralLedger ledger = new();
        int accounts = chance.Below(80);
        for (int i = 0; i < accounts; i++) ledger.Open();
        for (int round = 0; round < 100 && accounts > 0; round++) TryPost(ledger, Balanced(chance, accounts));
        byte[] bytes = Encoded.BytesOf(ledger);

        StateReader reader = new(bytes);
        GeneralLedger read = GeneralLedger.Read(reader);

        reader.ExpectEnd();
        Encoded.BytesOf(read).ShouldBe(bytes);
        Encoded.HashOf(read).ShouldBe(Hash256.Of(bytes));
        read.AccountCount.ShouldBe(accounts);
        read.Changed.Length.ShouldBe(0);
        read.Audit();
        for (int round = 0; round < 20 && accounts > 0; round++)
        {
            Leg[] legs = Balanced(chance, accounts);
            TryPost(read, legs).ShouldBe(TryPost(ledger, legs));
        }

        Encoded.HashOf(read).ShouldBe(Encoded.HashOf(ledger));
    });

    [Fact]
    public void The_same_balances_give_the_same_bytes_however_they_came_about()
    {
        GeneralLedger straight = new();
        GeneralLedger roundabout = new();
        foreach (GeneralLedger ledger in (GeneralLedger[])[straight, roundabout])
        {
            for (int i = 0; i < 10; i++) ledger.Open();
        }

        for (int asset = 9; asset >= 0; asset--) roundabout.Post([new(new AccountIndex(3), Purse.Cash, new(asset), new(5)), new(Fund.Hot, new(asset), new(-5))]);
        for (int asset = 1; asset < 10; asset++) roundabout.Post([new(new AccountIndex(3), Purse.Cash, new(asset), new(-5)), new(Fund.Hot, new(asset), new(5))]);
        straight.Post([new(new AccountIndex(3), Purse.Cash, new(0), new(5)), new(Fund.Hot, new(0), new(-5))]);

        Encoded.BytesOf(roundabout).ShouldBe(Encoded.BytesOf(straight));
    }

    private static Amount BalanceOf(GeneralLedger ledger, Holder holder, int asset) => holder.IsFund
        ? ledger.Balance(holder.Fund, new(asset))
        : ledger.Balance(holder.Account, holder.Purse, new(asset));

    private static bool TryPost(GeneralLedger ledger, Leg[] legs)
    {
        try
        {
            ledger.Post(legs);

            return true;
        }
        catch (LawBrokenException)
        {
            return false;
        }
    }

    private static Holder AnyHolder(Seeded chance, int accounts) => chance.Below(3) switch
    {
        0 => Holder.Of(Funds.All[chance.Below(Funds.All.Length)]),
        1 => Holder.Of(new AccountIndex(chance.Below(accounts)), Purse.Loan),
        _ => Holder.Of(new AccountIndex(chance.Below(accounts)), Purse.Cash),
    };

    // Pairs of legs that cancel, shuffled; now and then near the limit, undoing a balance, or many at once.
    private static Leg[] Balanced(Seeded chance, int accounts)
    {
        List<Leg> legs = [];
        for (int pairs = chance.Below(20) == 0 ? 60 : 1 + chance.Below(4); pairs > 0; pairs--)
        {
            AssetIndex asset = new(chance.Below(Assets));
            Amount amount = new(chance.Units(chance.Below(10) == 0 ? 120 : 60) % AssetScale.Limit);
            Holder holder = AnyHolder(chance, accounts);
            if (holder.IsCustomer && holder.Purse == Purse.Loan && amount.Sign > 0) amount = -amount;
            legs.Add(new(holder, asset, amount));
            legs.Add(new(AnyHolder(chance, accounts) is var other && other.IsCustomer && other.Purse == Purse.Loan ? Holder.Of(Fund.Interest) : other, asset, -amount));
        }

        for (int i = legs.Count - 1; i > 0; i--)
        {
            int j = chance.Below(i + 1);
            (legs[i], legs[j]) = (legs[j], legs[i]);
        }

        return [.. legs];
    }

    private static Leg Spoiled(Seeded chance, Leg leg, int accounts) => chance.Below(5) switch
    {
        0 => leg with { Holder = Holder.Of(new AccountIndex(accounts), Purse.Cash) },
        1 => leg with { Holder = default },
        2 => leg with { Asset = new(GeneralLedger.MaxAssets) },
        3 => leg with { Amount = new(AssetScale.Limit) },
        _ => leg with { Amount = leg.Amount + new Amount(1) },
    };
}
