using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Cli.Books;

/// <summary>
/// Asks a venue's file for something, as an operator at the desk: one command, durable before it is answered. A file that
/// nobody serves stands still, so the command gets the venue's own last moment and not today's.
/// </summary>
internal static class VenueDesk
{
    /// <summary>Carries a command out.</summary>
    /// <param name="path">The venue's file.</param>
    /// <param name="id">The command's own name; none for a fresh one.</param>
    /// <param name="command">Told the venue, so that it can be made for it; must only read.</param>
    /// <exception cref="InputException">There is no such venue, or it is served by another process.</exception>
    public static async Task<Outcome> Ask(string path, string? id, Func<VenueState, Engine.Commands.Command> command)
    {
        if (!File.Exists(path)) throw new InputException(path, "there is no such venue");

        SqliteJournalStore store = SqliteJournalStore.Open(path);
        VenueEngine engine;
        Engine.Commands.Command asked;
        CommandId named;
        try
        {
            VenueKernel kernel = Recovery.Recover(store);
            asked = command(kernel.State);
            named = new CommandId(id ?? $"desk-{kernel.Sequence + 1}");
            Instant now = kernel.State.Now;
            engine = new VenueEngine(kernel, store, new EngineOptions { Clock = () => now });
        }
        catch
        {
            store.Dispose();
            throw;
        }

        using (engine)
        {
            return await engine.Submit(Envelope.Venue, named, asked).ConfigureAwait(false);
        }
    }
}
