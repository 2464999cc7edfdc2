namespace Plimsoll.Risk.Tests;

/// <summary>A seeded stream (SplitMix64): a failing seed is the whole story.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;

            return z ^ (z >> 31);
        }
    }

    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + ((high - low) * Unit());

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool Happens(double probability) => Unit() < probability;

    /// <summary>An account with up to five positions and three balances, whole lots, leveraged enough to be in trouble at times.</summary>
    public int Account(TestVenue venue, double leverage = 4)
    {
        int account = venue.Open();
        double equity = Between(1_000, 100_000);
        if (Happens(0.7)) venue.Deposit(account, venue.Usdc, equity);
        if (Happens(0.4)) venue.Deposit(account, venue.Btc, equity / 60_000);
        if (Happens(0.3)) venue.Deposit(account, venue.Steth, equity / 3_000);
        if (Happens(0.2)) venue.Deposit(account, venue.Doge, equity * 5);
        if (Happens(0.2)) venue.Deposit(account, venue.Usdc, -equity * Unit());
        for (int i = Below(6); i > 0; i--)
        {
            int instrument = Below(venue.Catalog.Instruments.Count);
            double lot = (double)venue.Catalog.Instruments[instrument].LotSize;
            double notional = venue.Responses.UnitNotionals[instrument];
            double lots = Math.Round(Between(-leverage, leverage) * equity / notional / lot);
            double value = venue.Responses.UnitValues[instrument];
            double entry = venue.Model.Contract(instrument).IsInverseForward ? -1 / value : value;
            if (lots != 0) venue.Trade(account, new(instrument), lots * lot, entry * Between(0.9, 1.1));
        }

        return account;
    }
}
