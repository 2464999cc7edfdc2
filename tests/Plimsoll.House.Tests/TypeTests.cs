using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Json;
using Plimsoll.Units;

namespace Plimsoll.House.Tests;

public sealed class TypeTests
{
    private static readonly Assembly[] Rooms =
    [
        typeof(Amount).Assembly,
        typeof(Numerics.Exact).Assembly,
        typeof(Ledger.Accounts.GeneralLedger).Assembly,
        typeof(Markets.Instruments.Catalog).Assembly,
        typeof(Pricing.Responses.SparseRows).Assembly,
        typeof(Risk.Margin.Judge).Assembly,
        typeof(VenueKernel).Assembly,
    ];

    [Fact]
    public void Every_public_value_type_of_the_kernel_is_readonly()
    {
        foreach (Type type in Rooms.SelectMany(room => room.GetExportedTypes()).Where(t => t.IsValueType && !t.IsEnum))
            type.IsDefined(typeof(IsReadOnlyAttribute)).ShouldBeTrue(type.FullName);
    }

    [Fact]
    public void Every_command_and_every_event_has_a_name_of_its_own_in_the_journal()
    {
        foreach (Type root in (Type[])[typeof(Command), typeof(Event)])
        {
            JsonDerivedTypeAttribute[] named = [.. root.GetCustomAttributes<JsonDerivedTypeAttribute>()];
            IEnumerable<Type> concrete = root.Assembly.GetTypes().Where(t => t.IsSubclassOf(root) && !t.IsAbstract);

            named.Select(n => n.DerivedType).ShouldBe(concrete, ignoreOrder: true);
            named.Select(n => n.TypeDiscriminator).ShouldBeUnique();
        }
    }

    [Fact]
    public void Every_event_type_comes_back_from_the_journal_as_it_went_in()
    {
        foreach (JsonDerivedTypeAttribute named in typeof(Event).GetCustomAttributes<JsonDerivedTypeAttribute>())
        {
            for (int variant = 0; variant < 2; variant++)
            {
                var made = (Event)Specimen.Of(named.DerivedType, full: variant == 0);
                byte[] bytes = Wire.Write([made]);
                Event read = Wire.ReadEvents(bytes).ShouldHaveSingleItem();

                Wire.Write([read]).ShouldBe(bytes, named.DerivedType.Name);
                read.ShouldBeOfType(named.DerivedType);
            }
        }
    }

    [Fact]
    public void Every_command_type_comes_back_from_the_journal_as_it_went_in()
    {
        foreach (JsonDerivedTypeAttribute named in typeof(Command).GetCustomAttributes<JsonDerivedTypeAttribute>())
        {
            for (int variant = 0; variant < 2; variant++)
            {
                var made = (Command)Specimen.Of(named.DerivedType, full: variant == 0);
                byte[] bytes = Wire.Write(made);

                Wire.Write(Wire.ReadCommand(bytes)).ShouldBe(bytes, named.DerivedType.Name);
            }
        }
    }

    [Fact]
    public void A_command_with_a_field_nobody_knows_is_refused_by_name() =>
        Should.Throw<InputException>(() => Wire.ReadCommand("""{"type":"open-account","account":"a","colour":"red"}"""u8)).Message.ShouldContain("colour");
}
