using Plimsoll.Markets.Surfaces;
using Plimsoll.Numerics;

namespace Plimsoll.Markets.Tests.Surfaces;

/// <summary>Raw, natural, jump-wings and eSSVI are one smile in four tongues.</summary>
public sealed class Forms_of_a_smile
{
    private const int Smiles = 2_000;

    /// <summary>Vogt's smile (Gatheral and Jacquier 2014, example 3.1), known for its butterfly arbitrage.</summary>
    private static readonly SviSlice Vogt = new(-0.0410, 0.1331, 0.3060, 0.3586, 0.4153);

    [Fact]
    public void Every_form_leads_back_to_the_raw_one()
    {
        foreach (var smile in Drawn(1))
        {
            MustBeNear(SviNatural.Of(smile).ToRaw(), smile, 1e-10);
            MustBeNear(SviJumpWings.Of(smile, 0.37).ToRaw()!.Value, smile, 1e-6);
        }
    }

    [Fact]
    public void Slope_and_curvature_are_the_derivatives()
    {
        const double H = 1e-4;
        foreach (var smile in Drawn(2))
            foreach (var k in new[] { -1.3, -0.2, 0, 0.4, 1.7 })
            {
                var at = smile.At(k);
                at.Slope.ShouldBe((smile.Variance(k + H) - smile.Variance(k - H)) / (2 * H), 2e-6);
                at.Curvature.ShouldBe((smile.At(k + H).Slope - smile.At(k - H).Slope) / (2 * H), 2e-4);
                at.Variance.ShouldBe(smile.Variance(k));
            }
    }

    [Fact]
    public void A_smile_whose_vertex_lies_at_the_money_has_jump_wings_but_no_way_back()
    {
        var smile = new SviSlice(0.01, 0.1, 0, 0, 0.3);
        SviJumpWings.Of(smile, 1).Skew.ShouldBe(0);
        SviJumpWings.Of(smile, 1).ToRaw().ShouldBeNull();
    }

    [Fact]
    public void The_closed_form_takes_the_arbitrage_out_of_the_smile_of_Vogt()
    {
        SmileGrid.LeastDensity(Vogt, 12).Value.ShouldBeLessThan(-0.03);
        var wings = SviJumpWings.Of(Vogt, 1);
        SmileGrid.LeastDensity(ButterflyRepair.ClosedForm(wings).ToRaw()!.Value, 12).Value.ShouldBeGreaterThan(0.2);
    }

    [Fact]
    public void The_nearest_repair_moves_less_than_the_closed_form_and_is_free_too()
    {
        var wings = SviJumpWings.Of(Vogt, 1);
        var nearest = ButterflyRepair.Nearest(wings, 12)!.Value;
        SmileGrid.LeastDensity(nearest.ToRaw()!.Value, 12).Value.ShouldBeInRange(0, 1e-9);
        nearest.CallWing.ShouldBeGreaterThan(ButterflyRepair.ClosedForm(wings).CallWing);
        nearest.Variance.ShouldBe(wings.Variance);
        nearest.Skew.ShouldBe(wings.Skew);
        nearest.PutWing.ShouldBe(wings.PutWing);
    }

    [Fact]
    public void A_smile_without_arbitrage_needs_no_repair()
    {
        var wings = SviJumpWings.Of(new SviSlice(0.02, 0.1, -0.3, 0.05, 0.3), 1);
        ButterflyRepair.Nearest(wings).ShouldBe(wings);
    }

    [Fact]
    public void An_extended_SSVI_slice_is_an_SVI_slice_with_its_theta_at_the_money()
    {
        foreach (var slice in DrawnEssvi(3))
        {
            var raw = slice.ToRaw()!.Value;
            slice.Variance(0).ShouldBe(slice.Theta, 1e-15);
            foreach (var k in new[] { -2.0, -0.1, 0, 0.7 }) raw.Variance(k).ShouldBe(slice.Variance(k), 1e-12);
        }
    }

    [Fact]
    public void A_rescaled_smile_keeps_its_shape_in_total_deviations()
    {
        var scaled = new Smile(Vogt).Rescaled(1.7);
        foreach (var k in new[] { -0.5, 0, 0.3 })
            scaled.Variance(k * Math.Sqrt(1.7)).ShouldBe(1.7 * Vogt.Variance(k), 1e-15);
    }

    [Fact]
    public void The_conditions_of_extended_SSVI_do_keep_arbitrage_out()
    {
        var (butterflies, calendars) = (0, 0);
        EssviSlice? before = null;
        foreach (var slice in DrawnEssvi(4))
        {
            var raw = slice.ToRaw()!.Value;
            if (slice.IsButterflyFree)
            {
                butterflies++;
                SmileGrid.LeastDensity(raw, 8).Value.ShouldBeGreaterThanOrEqualTo(-1e-12, slice.ToString());
            }

            if (before is { } earlier && slice.IsCalendarFreeAfter(earlier))
            {
                calendars++;
                for (var k = -6.0; k <= 6; k += 0.05)
                    (slice.Variance(k) - earlier.Variance(k)).ShouldBeGreaterThanOrEqualTo(-1e-12, $"{earlier} then {slice} at {k}");
            }

            before = slice;
        }

        butterflies.ShouldBeGreaterThan(500);
        calendars.ShouldBeGreaterThan(50);
    }

    private static IEnumerable<SviSlice> Drawn(ulong seed)
    {
        var chance = new SeededStream(seed);
        for (var i = 0; i < Smiles; i++)
        {
            var (b, rho, sigma) = (0.01 + chance.NextDouble(), (chance.NextDouble() * 1.8) - 0.9, 0.05 + chance.NextDouble());
            var m = (chance.NextDouble() - 0.5) * 0.8;
            var least = 0.001 + (0.2 * chance.NextDouble());
            // Near m/√(m² + σ²) = ρ the jump wings hardly tell how round the smile is.
            if (Math.Abs((m / Math.Sqrt((m * m) + (sigma * sigma))) - rho) < 0.05) continue;
            yield return new SviSlice(least - (b * sigma * Math.Sqrt(1 - (rho * rho))), b, rho, m, sigma);
        }
    }

    private static IEnumerable<EssviSlice> DrawnEssvi(ulong seed)
    {
        var chance = new SeededStream(seed);
        for (var i = 0; i < Smiles; i++)
        {
            var theta = 0.001 + (chance.NextDouble() * chance.NextDouble() * 2);
            yield return new EssviSlice(theta, (chance.NextDouble() * 1.9) - 0.95, Math.Sqrt(theta) * (0.05 + (2 * chance.NextDouble())));
        }
    }

    private static void MustBeNear(SviSlice one, SviSlice other, double tolerance)
    {
        one.A.ShouldBe(other.A, tolerance, other.ToString());
        one.B.ShouldBe(other.B, tolerance, other.ToString());
        one.Rho.ShouldBe(other.Rho, tolerance, other.ToString());
        one.M.ShouldBe(other.M, tolerance, other.ToString());
        one.Sigma.ShouldBe(other.Sigma, tolerance, other.ToString());
    }
}
