using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

[Collection(PageCollection.Name)]
public sealed class KeyboardTests(Chromium chromium)
{
    private const string Focused = "() => document.activeElement?.id || document.activeElement?.getAttribute('aria-label')";

    [Fact]
    public async Task An_account_is_found_opened_and_left_with_the_keyboard_alone()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();
        IKeyboard keys = desk.Page.Keyboard;
        ILocator rows = desk.Page.Locator("#accounts-grid .account-row");
        await rows.First.WaitForAsync();
        string all = await desk.Page.Locator("#accounts .note").InnerTextAsync();

        await keys.PressAsync("/");
        (await desk.Page.EvaluateAsync<string>(Focused)).ShouldBe("Find an account");
        string wanted = (await rows.Nth(2).Locator("[data-key=account]").InnerTextAsync())[..^2];
        await keys.TypeAsync(wanted);
        await Watched.Eventually(() => desk.Page.Locator("#accounts .note").InnerTextAsync(), note => note != all, "typing filters");
        await Watched.Eventually(
            async () => string.Join(' ', await rows.Locator("[data-key=account]").AllInnerTextsAsync()),
            names => names.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } shown && shown.All(name => name.Contains(wanted, StringComparison.Ordinal)),
            $"only accounts with '{wanted}' are shown");

        await keys.PressAsync("ArrowDown");
        (await desk.Page.EvaluateAsync<string>(Focused)).ShouldBe("accounts-grid");
        await keys.PressAsync("ArrowDown");
        await Assertions.Expect(desk.Page.Locator("#accounts-grid")).ToHaveAttributeAsync("aria-activedescendant", "account-row-1");
        string chosen = await desk.Page.Locator("#account-row-1 [data-key=account]").InnerTextAsync();
        await keys.PressAsync("Enter");

        ILocator drawer = desk.Page.Locator("dialog.drawer");
        await Assertions.Expect(drawer.Locator("#drawer-title")).ToHaveTextAsync(chosen);
        await Assertions.Expect(drawer).ToContainTextAsync("Margin, explained");
        await Assertions.Expect(drawer.Locator(".scenarios [data-binding=true]")).ToHaveCountAsync(1);
        await Assertions.Expect(drawer).ToContainTextAsync("binds: spot");

        await keys.PressAsync("Escape");
        await Assertions.Expect(drawer).ToHaveCountAsync(0);
        (await desk.Page.EvaluateAsync<string>(Focused)).ShouldBe("accounts-grid");
    }
}
