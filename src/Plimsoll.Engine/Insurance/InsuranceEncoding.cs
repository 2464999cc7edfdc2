using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine.Insurance;

/// <summary>The canonical encoding of <see cref="InsuranceBook"/>: period and draws, totals, premium, stakes.</summary>
internal static class InsuranceEncoding
{
    private const string Section = "INSU";
    private const ushort Version = 1;

    public static void Write(InsuranceBook book, StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteLong(book.PeriodStart?.UnixMicroseconds ?? long.MinValue);
        writer.WriteLong(book.PremiumSince?.UnixMicroseconds ?? long.MinValue);
        for (int i = 0; i < InsuranceBook.Bearers; i++) writer.WriteDouble(book.Raw(i));
        writer.WriteInt(book.ForAccounts.Count());
        foreach (((int bearer, int account), double given) in book.ForAccounts)
        {
            writer.WriteInt(bearer);
            writer.WriteInt(account);
            writer.WriteDouble(given);
        }

        writer.WriteSpan(book.Totals.Drawn);
        writer.WriteSpan(book.Totals.Fed);
        writer.WriteDouble(book.Totals.Deleveraged);
        writer.WriteDouble(book.Totals.Socialised);
        writer.WriteDouble(book.Totals.Premiums);
        writer.WriteInt(book.Pool.All.Count());
        foreach ((AssetIndex asset, AccountIndex account, Stake stake) in book.Pool.All)
        {
            writer.WriteInt(asset.Value);
            writer.WriteInt(account.Value);
            writer.WriteInt128(stake.Shares);
            writer.WriteInt128(stake.Asked);
            writer.WriteInstant(stake.DueAt);
        }
    }

    public static void Read(VenueState venue, StateReader reader)
    {
        InsuranceBook book = venue.Insurance;
        reader.Section(Section, Version);
        Instant? period = ReadInstant(reader);
        book.PremiumSince = ReadInstant(reader);
        double[] inPeriod = new double[InsuranceBook.Bearers];
        reader.ReadSpan(inPeriod);
        var forAccount = new KeyValuePair<(int, int), double>[reader.ReadCount(16)];
        for (int i = 0; i < forAccount.Length; i++)
        {
            int bearer = reader.ReadInt();
            int account = reader.ReadInt();
            if (bearer is < 0 or >= InsuranceBook.Bearers || account < 0 || account >= venue.Accounts.Count) throw reader.Fault("a bearer and an account");
            forAccount[i] = new((bearer, account), reader.ReadDouble());
        }

        book.Restore(period, inPeriod, forAccount);
        reader.ReadSpan(book.Totals.Drawn);
        reader.ReadSpan(book.Totals.Fed);
        book.Totals.Deleveraged = reader.ReadDouble();
        book.Totals.Socialised = reader.ReadDouble();
        book.Totals.Premiums = reader.ReadDouble();
        for (int left = reader.ReadCount(48); left > 0; left--) ReadStake(venue, reader);
    }

    private static void ReadStake(VenueState venue, StateReader reader)
    {
        int asset = reader.ReadInt();
        int account = reader.ReadInt();
        if (asset < 0 || asset >= venue.Catalog.Assets.Count || account < 0 || account >= venue.Accounts.Count) throw reader.Fault("a listed asset and an open account");
        var stake = new Stake(reader.ReadInt128(), reader.ReadInt128(), reader.ReadInstant());
        if (stake.Shares <= 0 || stake.Asked < 0 || stake.Asked > stake.Shares) throw reader.Fault("shares above 0, and no more asked back");
        venue.Insurance.Pool.Restore(new AccountIndex(account), new AssetIndex(asset), stake);
    }

    private static Instant? ReadInstant(StateReader reader) => reader.ReadLong() is var at && at == long.MinValue ? null : new Instant(at);
}
