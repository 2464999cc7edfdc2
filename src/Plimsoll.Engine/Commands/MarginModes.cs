using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>
/// Asks to be judged in another margin mode: portfolio, where positions offset each other, or cross, where none does. An
/// isolated account stays what it was opened as.
/// </summary>
/// <param name="Account">Whose.</param>
/// <param name="Mode">Portfolio or cross.</param>
public sealed record SetMarginMode(AccountId Account, MarginMode Mode) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (venue.Liquidations.IsAuctioned(account)) return Refusal.AccountInAuction;
        if (Mode is not (MarginMode.Portfolio or MarginMode.Cross)) return Decision.Refuse(Refusal.MarginModeUnsuitable, "mode: expected portfolio or cross; open-isolated opens an isolated account");
        if (venue.Modes.Of(account) == MarginMode.Isolated) return Decision.Refuse(Refusal.MarginModeUnsuitable, $"{Account} is isolated and stays so");
        if (venue.Modes.Of(account) == Mode) return Refusal.NothingToDo;
        if (venue.PreTrade.WithMode(account, Mode) is var margin and not Refusal.None) return margin;

        return Decision.Accept(new MarginModeSet(Account, Mode));
    }
}

/// <summary>
/// Asks for an isolated sub-account: it holds one instrument and takes one collateral asset, so that its owner can lose in it
/// no more than he put in.
/// </summary>
/// <param name="Account">Its name.</param>
/// <param name="Owner">Whose sub-account it is.</param>
/// <param name="Instrument">The one instrument it may hold.</param>
/// <param name="Asset">The one asset that may be brought into it.</param>
public sealed record OpenIsolated(AccountId Account, AccountId Owner, InstrumentId Instrument, AssetId Asset) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!Identifier.IsValid(Account.Value)) return Refusal.CommandMalformed;
        if (venue.Accounts.TryFind(Account, out _)) return Refusal.AccountExists;
        if (Account == Consequences.Provider) return Decision.Refuse(Refusal.MarginModeUnsuitable, $"{Account} takes what is liquidated in every instrument");
        if (venue.Accounts.Count >= AccountRegister.MaxAccounts) return Refusal.LimitReached;
        if (ClassifyAccount.OwnerFault(venue, Account, Owner) is var fault and not Refusal.None) return fault;
        if (!venue.Catalog.TryFind(Instrument, out _, out Instrument? instrument)) return Refusal.InstrumentUnknown;
        if (!instrument.HasPositions) return Refusal.InstrumentUnsuitable;
        if (instrument.Expiry <= now) return Refusal.InstrumentExpired;
        if (!venue.Catalog.TryFind(Asset, out _)) return Refusal.AssetUnknown;

        return Decision.Accept(new AccountOpened(Account), new AccountClassified(Account, Owner), new MarginModeSet(Account, MarginMode.Isolated, Instrument, Asset));
    }
}

/// <summary>An account is judged in this mode from now on.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Mode">The mode.</param>
/// <param name="Instrument">The one instrument an isolated account may hold.</param>
/// <param name="Asset">The one asset that may be brought into it.</param>
public sealed record MarginModeSet(AccountId Account, MarginMode Mode, InstrumentId? Instrument = null, AssetId? Asset = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        IsolatedTerms? terms = Instrument is { } instrument && Asset is { } asset ? new IsolatedTerms(venue.Instrument(instrument), venue.Asset(asset)) : null;
        venue.Modes.Set(account, Mode, terms);
        venue.Judgement.Enter(account, Mode);
    }
}
