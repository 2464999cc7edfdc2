using System.Globalization;
using System.Text;
using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Json;
using Plimsoll.Server.Calls;
using Plimsoll.Server.Hosting;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

// A whole venue on a file, spoken to in lines until it is killed.
// In: "<who> <id> <command as JSON>", the same after "at <microseconds>", or "hash". Out, once durable: "ack <who> <id> <sequence> <outcome>", "hash <sequence> <state hash>".
// Argument: the venue's file. With a file of webhooks as well it is a whole server, and says "open <sequence> <url>".
if (args is [string served, string webhooks]) return await Serve(served, webhooks);
if (args is not [string path]) return 2;

using Stream output = Console.OpenStandardOutput();
Lock telling = new();
using SqliteJournalStore store = SqliteJournalStore.Open(path);
VenueKernel kernel = Recovery.Recover(store);
using var engine = new VenueEngine(kernel, store, new EngineOptions
{
    Clock = () => new Instant(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000),
    SnapshotEvery = 150,
});
Tell($"open {store.LastSequence}");

while (Console.In.ReadLine() is { } line)
{
    if (line == "hash")
    {
        (long sequence, Hash256 hash) = await engine.Ask(k => (k.Sequence, Snapshots.HashOf(k.State)));
        Tell($"hash {sequence} {hash}");
        continue;
    }

    string[] parts = line.Split(' ', 3);
    Instant? at = null;
    if (parts[0] == "at")
    {
        at = new Instant(long.Parse(parts[1], CultureInfo.InvariantCulture));
        parts = parts[2].Split(' ', 3);
    }

    _ = Answer(parts[0], parts[1], engine.Submit(new AccountId(parts[0]), new CommandId(parts[1]), Wire.ReadCommand(Encoding.UTF8.GetBytes(parts[2])), at));
}

return 0;

static async Task<int> Serve(string file, string webhooks)
{
    await using PlimsollServer server = await PlimsollServer.Start(new ServerOptions
    {
        VenueFile = file,
        Url = "http://127.0.0.1:0",
        WebRoot = Path.Combine(Path.GetDirectoryName(file)!, "web"),
        Webhooks = WebhookOptions.Read(webhooks),
    });
    Console.Out.WriteLine($"open {await server.Ask(kernel => kernel.Sequence)} {server.Url}");
    await server.WaitForStop(CancellationToken.None);

    return 0;
}

async Task Answer(string who, string id, Task<Outcome> asked)
{
    Outcome outcome = await asked;
    Tell($"ack {who} {id} {outcome.Sequence} {(int)outcome.Refusal}");
}

// One write of one line: a line is told whole or not at all.
void Tell(string line)
{
    lock (telling)
    {
        output.Write(Encoding.ASCII.GetBytes(line + "\n"));
        output.Flush();
    }
}
