using System.Text.Json;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Json;
using Plimsoll.Risk.Limits;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>The commands a venue file ends its opening with.</summary>
internal static class OpeningCommands
{
    /// <summary>The most there may be.</summary>
    public const int Most = 1000;

    /// <summary>Reads them, as they stand in the file.</summary>
    /// <param name="path">What messages call the file.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="InputException">One is no command, or not one that ends an opening; the message names the field.</exception>
    public static IEnumerable<Command> Read(string path, VenueFile file)
    {
        if (file.Opening.Length > Most) throw new InputException($"{path} opening", $"expected at most {Most} commands");

        for (int i = 0; i < file.Opening.Length; i++) yield return Read($"{path} opening[{i}]", file.Opening[i]);
    }

    /// <summary>
    /// A command for a venue of so many accounts: lines of limits are meant for the file's own number and scale with it, as
    /// endowments do; a line that holds every account by itself stays.
    /// </summary>
    public static Command Scaled(Command command, VenueFile file, int accounts)
    {
        if (command is not SetLimit { Scope: not (LimitScope.Each or LimitScope.Account or LimitScope.Owner) } limit) return command;
        double scale = accounts / (double)file.Accounts;

        return limit with { Soft = limit.Soft * scale, Hard = limit.Hard * scale };
    }

    private static Command Read(string field, JsonElement element)
    {
        Command command;
        try
        {
            command = Wire.ReadCommand(JsonSerializer.SerializeToUtf8Bytes(element));
        }
        catch (InputException fault)
        {
            throw new InputException(field, fault.Message, fault);
        }

        return command is SetBucket or SetLimit or ClassifyAccount ? command : throw new InputException(field, "expected set-bucket, set-limit or classify-account");
    }
}
