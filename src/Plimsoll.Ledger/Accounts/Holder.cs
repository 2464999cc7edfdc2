namespace Plimsoll.Ledger.Accounts;

/// <summary>Who holds a balance: one purse of a customer's account, or a fund of the venue. <c>default</c> is nobody, whom nothing can be posted to.</summary>
public readonly record struct Holder
{
    private readonly int _code;

    private Holder(int code) => _code = code;

    /// <summary>Whether it is a customer's purse.</summary>
    public bool IsCustomer => _code > 0;

    /// <summary>Whether it is a fund of the venue.</summary>
    public bool IsFund => _code < 0;

    /// <summary>The customer's account; only for a customer.</summary>
    public AccountIndex Account
    {
        get
        {
            Law.Holds(IsCustomer, "only a customer's purse belongs to an account");

            return new((_code - 1) >> 1);
        }
    }

    /// <summary>The customer's purse; only for a customer.</summary>
    public Purse Purse
    {
        get
        {
            Law.Holds(IsCustomer, "only a customer has purses");

            return (Purse)((_code - 1) & 1);
        }
    }

    /// <summary>The venue's fund; only for a fund.</summary>
    public Fund Fund
    {
        get
        {
            Law.Holds(IsFund, "only the venue has funds");

            return (Fund)(-_code);
        }
    }

    /// <summary>The number a posting sorts its legs by.</summary>
    internal int Code => _code;

    /// <summary>A purse of a customer's account.</summary>
    /// <exception cref="LawBrokenException">No account has that index, or there is no such purse.</exception>
    public static Holder Of(AccountIndex account, Purse purse)
    {
        Law.Holds(account.Value is >= 0 and < GeneralLedger.MaxAccounts, "an account's index lies between 0 and the most accounts");
        Law.Holds(purse is Purse.Cash or Purse.Loan, "a customer has two purses");

        return new(1 + (account.Value << 1) + (int)purse);
    }

    /// <summary>A fund of the venue.</summary>
    /// <exception cref="LawBrokenException">There is no such fund.</exception>
    public static Holder Of(Fund fund)
    {
        Law.Holds(Funds.Exists(fund), "a fund is one of those listed");

        return new(-(int)fund);
    }

    /// <summary>The holder with a number from <see cref="Code"/>.</summary>
    internal static Holder FromCode(int code) => new(code);

    /// <inheritdoc/>
    public override string ToString() => IsCustomer ? $"account {Account.Value} {Purse}" : IsFund ? Fund.ToString() : "nobody";
}

/// <summary>One side of a posting.</summary>
/// <param name="Holder">Whose balance moves.</param>
/// <param name="Asset">In which asset.</param>
/// <param name="Amount">By how much; + means the venue owes the holder more.</param>
public readonly record struct Leg(Holder Holder, AssetIndex Asset, Amount Amount)
{
    /// <summary>A leg of a customer's purse.</summary>
    public Leg(AccountIndex account, Purse purse, AssetIndex asset, Amount amount) : this(Holder.Of(account, purse), asset, amount) { }

    /// <summary>A leg of a fund.</summary>
    public Leg(Fund fund, AssetIndex asset, Amount amount) : this(Holder.Of(fund), asset, amount) { }
}
