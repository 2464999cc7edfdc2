using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>What an isolated account is for.</summary>
/// <param name="Instrument">The one instrument it may hold.</param>
/// <param name="Asset">The one asset that may be brought into it; profit and loss come in the instrument's own settlement asset.</param>
public readonly record struct IsolatedTerms(InstrumentIndex Instrument, AssetIndex Asset);

/// <summary>In which margin mode every account is judged, and what the isolated ones are for. Most are in portfolio mode: only the others are kept.</summary>
public sealed class MarginModes
{
    private const string Section = "MODE";
    private const ushort Version = 1;

    private readonly SortedDictionary<int, (MarginMode Mode, IsolatedTerms? Terms)> _of = [];

    /// <summary>The mode of an account.</summary>
    public MarginMode Of(AccountIndex account) => _of.GetValueOrDefault(account.Value).Mode;

    /// <summary>What an isolated account is for; none for an account that is not isolated.</summary>
    public IsolatedTerms? TermsOf(AccountIndex account) => _of.GetValueOrDefault(account.Value).Terms;

    /// <summary>The accounts in another mode than portfolio, ascending.</summary>
    public IEnumerable<(AccountIndex Account, MarginMode Mode)> Others => _of.Select(of => (new AccountIndex(of.Key), of.Value.Mode));

    /// <summary>Whether an account may hold an instrument.</summary>
    internal bool Admits(AccountIndex account, InstrumentIndex instrument) => TermsOf(account) is not { } terms || terms.Instrument == instrument;

    /// <summary>Whether an asset may be brought into an account.</summary>
    internal bool Admits(AccountIndex account, AssetIndex asset) => TermsOf(account) is not { } terms || terms.Asset == asset;

    internal void Set(AccountIndex account, MarginMode mode, IsolatedTerms? terms)
    {
        Law.Holds((mode == MarginMode.Isolated) == terms is not null, "an isolated account, and no other, is for one instrument");
        if (mode == MarginMode.Portfolio) _of.Remove(account.Value);
        else _of[account.Value] = (mode, terms);
    }

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(_of.Count);
        foreach ((int account, (MarginMode mode, IsolatedTerms? terms)) in _of)
        {
            writer.WriteInt(account);
            writer.WriteByte((byte)mode);
            writer.WriteInt(terms?.Instrument.Value ?? -1);
            writer.WriteInt(terms?.Asset.Value ?? -1);
        }
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        int count = reader.ReadCount(13);
        for (int i = 0; i < count; i++)
        {
            var account = new AccountIndex(reader.ReadInt());
            var mode = (MarginMode)reader.ReadByte();
            int instrument = reader.ReadInt();
            int asset = reader.ReadInt();
            bool isolated = mode == MarginMode.Isolated;
            if (account.Value < 0 || (mode != MarginMode.Cross && !isolated) || isolated != (instrument >= 0 && asset >= 0))
                throw reader.Fault("a margin mode other than portfolio, of an account");
            Set(account, mode, isolated ? new IsolatedTerms(new InstrumentIndex(instrument), new AssetIndex(asset)) : null);
        }
    }
}
