using Plimsoll.Markets.Surfaces;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Surfaces;

namespace Plimsoll.Pricing.Tests.Surfaces;

/// <summary>The quadratic programme inside the fit, against what cannot be better.</summary>
public sealed class The_inner_programme
{
    [Fact]
    public void Its_answer_keeps_to_the_room_and_no_neighbour_in_the_room_is_nearer()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var chance = new SeededStream(seed);
            var target = Target(chance);
            var later = new EssviSlice(target.AtTheMoney * (0.85 + (0.6 * chance.NextDouble())), chance.NextDouble() - 0.5, 0.9 * target.Deviation).ToRaw()!.Value;
            var room = SmileRoom.Below(target.Deviation, later);
            var bones = new SmileBones((chance.NextDouble() - 0.5) * target.Deviation, (0.2 + chance.NextDouble()) * target.Deviation, seed % 2 == 0 ? 0 : 0.3 * target.Deviation, seed % 2 == 0 ? 0 : 0.5 * target.Deviation);
            if (new WingProgram(target, room).Solve(bones) is not { } best) continue;

            IsInside(best, room, 1e-8 * target.AtTheMoney).ShouldBeTrue($"seed {seed}");
            var least = Error(target, best);
            for (var i = 0; i < 300; i++)
            {
                var size = Math.Pow(10, -1 - (4 * chance.NextDouble()));
                var b = best.Svi.B;
                var (right, left) = (best.Svi.RightWing + (size * b * chance.NextNormal()), best.Svi.LeftWing + (size * b * chance.NextNormal()));
                var level = best.Svi.A + (size * target.AtTheMoney * chance.NextNormal());
                var bump = best.Bump with { Height = best.Bump.Width > 0 ? best.Bump.Height + (size * 0.1 * target.AtTheMoney * chance.NextNormal()) : 0 };
                var other = new Smile(new SviSlice(level, (right + left) / 2, (right - left) / (right + left), best.Svi.M, best.Svi.Sigma), bump);
                if (other.IsSmile && IsInside(other, room, 0)) Error(target, other).ShouldBeGreaterThanOrEqualTo(least * (1 - 1e-6), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void A_room_that_does_not_bind_changes_nothing()
    {
        var target = Target(new SeededStream(2));
        var bones = new SmileBones(0.1 * target.Deviation, target.Deviation);
        var open = new WingProgram(target, SmileRoom.Open(target.Deviation, 2)).Solve(bones)!.Value;
        var free = new WingProgram(target, room: null).Solve(bones)!.Value;
        open.Svi.A.ShouldBe(free.Svi.A, 1e-12);
        open.Svi.B.ShouldBe(free.Svi.B, 1e-12);
    }

    [Fact]
    public void Extended_SSVI_slices_keep_their_conditions_whatever_they_are_fitted_to()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var chance = new SeededStream(seed);
            EssviSlice? before = null;
            for (var i = 0; i < 5; i++)
            {
                if (EssviFit.After(Target(chance), before) is not { } slice) continue;
                slice.IsButterflyFree.ShouldBeTrue($"seed {seed}: {slice}");
                if (before is { } earlier) slice.IsCalendarFreeAfter(earlier).ShouldBeTrue($"seed {seed}: {earlier} then {slice}");
                before = slice;
            }
        }
    }

    private static SmileTarget Target(SeededStream chance)
    {
        var (years, level, tilt, bend) = (0.02 + chance.NextDouble(), 0.4 + chance.NextDouble(), chance.NextNormal() * 0.05, 0.1 * chance.NextDouble());
        var points = new List<(double, double, double)>();
        for (var i = -8; i <= 8; i++)
        {
            var x = i / 4.0;
            points.Add((x * level * Math.Sqrt(years), level * (1 + (tilt * x) + (bend * x * x) + (0.01 * chance.NextNormal())), 1 + chance.NextDouble()));
        }

        return new SmileTarget(years, points);
    }

    private static bool IsInside(Smile smile, SmileRoom room, double slack)
    {
        for (var i = 0; i < room.K.Length; i++)
        {
            var variance = smile.Variance(room.K[i]);
            if (variance > room.Ceiling[i] + slack || variance < room.Floor[i] - slack) return false;
        }

        return smile.Svi.LeftWing <= room.MostLeft + slack && smile.Svi.RightWing <= room.MostRight + slack;
    }

    private static double Error(SmileTarget target, Smile smile)
    {
        var sum = 0.0;
        for (var i = 0; i < target.K.Length; i++)
        {
            var gap = smile.Variance(target.K[i]) - target.Variance[i];
            sum += target.Weight[i] * gap * gap;
        }

        return sum;
    }
}
