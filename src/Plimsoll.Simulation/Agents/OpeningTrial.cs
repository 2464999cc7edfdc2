using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Limits;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// Asks an engine of its own what the venue would be asked, before anything is built: a listing or an opening command that
/// would be refused is a fault of the file, and must not be found out as silence.
/// </summary>
internal static class OpeningTrial
{
    /// <summary>Lists everything and carries the opening out.</summary>
    /// <param name="path">What messages call the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="listings">The commands that list what it lists.</param>
    /// <param name="at">The venue's first moment.</param>
    /// <param name="exists">Whether an account will be there; none where that is not known yet and every account named is taken to be.</param>
    /// <exception cref="InputException">One is refused; the message names it and says why.</exception>
    public static void Run(string path, VenueFile file, IEnumerable<Command> listings, Instant at, Func<AccountId, bool>? exists)
    {
        var kernel = new VenueKernel();
        foreach (Command listing in listings) Ask(kernel, at, listing, $"{path} {Named(listing)}");

        int place = 0;
        foreach (Command command in OpeningCommands.Read(path, file))
        {
            string field = $"{path} opening[{place++}]";
            foreach (AccountId account in AccountsOf(command))
            {
                if (exists is not null && !exists(account)) throw new InputException(field, $"{account} is none of the venue's {file.Accounts} accounts");
                if (!kernel.State.Accounts.TryFind(account, out _)) Ask(kernel, at, new OpenAccount(account), field);
            }

            Ask(kernel, at, command, field);
        }
    }

    private static void Ask(VenueKernel kernel, Instant at, Command command, string field)
    {
        kernel.Execute(new Envelope(at, Envelope.Venue, new CommandId($"trial-{kernel.Sequence}"), command), out Outcome outcome);
        if (outcome.Accepted) return;

        string refusal = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.Refusal.ToString());
        throw new InputException(field, outcome.Detail is { } detail ? $"the venue would refuse it, {refusal}: {detail}" : $"the venue would refuse it: {refusal}");
    }

    private static string Named(Command listing) => listing switch
    {
        ListAsset asset => $"assets {asset.Asset}",
        ListInstrument instrument => $"instruments {instrument.Instrument}",
        _ => "listing",
    };

    private static IEnumerable<AccountId> AccountsOf(Command command) => command switch
    {
        ClassifyAccount { Owner: { } owner } classify => [owner, classify.Account],
        ClassifyAccount classify => [classify.Account],
        SetLimit { Scope: LimitScope.Owner or LimitScope.Account, Of: { } of } when Identifier.IsValid(of) => [new AccountId(of)],
        _ => [],
    };
}
