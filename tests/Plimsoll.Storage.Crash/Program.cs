using System.Globalization;
using System.Text;
using Plimsoll.Engine.Journal;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

// Appends batches to a venue until it is killed, and prints the last sequence of each batch once it is durable.
// Entry n is one of a batch whose size is in its command, so that a reader can tell half a batch from a whole one.
// Arguments: the venue's file, and a number that varies the sizes of the batches.
if (args is not [string path, string variation]) return 2;

using SqliteJournalStore store = SqliteJournalStore.Open(path);
using Stream output = Console.OpenStandardOutput();
Tell("open");

byte[] events = Encoding.UTF8.GetBytes("[]".PadRight(200));
for (int batch = int.Parse(variation, CultureInfo.InvariantCulture); ; batch++)
{
    int size = 1 + (batch * 37 % 400);
    JournalEntry[] entries = new JournalEntry[size];
    (long sequence, Hash256 hash) = (store.LastSequence, store.LastHash);
    for (int i = 0; i < size; i++)
    {
        byte[] command = Encoding.UTF8.GetBytes($$"""{"type":"test","size":{{size}},"place":{{i}}}""");
        Instant at = new(++sequence);
        entries[i] = JournalEntry.Chained(hash, sequence, at, new AccountId("alice"), new CommandId($"c{sequence}"), 0, command, events);
        hash = entries[i].Hash;
    }

    store.Append(entries);
    Tell(sequence.ToString(CultureInfo.InvariantCulture));
    if (batch % 10 == 0) store.SaveSnapshot(new SnapshotRecord(1, sequence, new Instant(sequence), hash, hash, new byte[50_000]));
}

// One write of one line: a line is told whole or not at all.
void Tell(string line)
{
    output.Write(Encoding.ASCII.GetBytes(line + "\n"));
    output.Flush();
}
