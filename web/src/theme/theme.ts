import { createValue } from '../live/value';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const key = 'plimsoll.theme';
const darkPreferred = window.matchMedia('(prefers-color-scheme: dark)');

export const themeChoice = createValue<ThemeChoice>(stored());
/** The theme on the page now, whoever chose it. */
export const theme = createValue<'light' | 'dark'>('light');

export function chooseTheme(choice: ThemeChoice): void {
  themeChoice.set(choice);
  try {
    localStorage.setItem(key, choice);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  apply();
}

export function startTheme(): void {
  darkPreferred.addEventListener('change', apply);
  apply();
}

function apply(): void {
  const choice = themeChoice.get();
  const dark = choice === 'dark' || (choice === 'system' && darkPreferred.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  theme.set(dark ? 'dark' : 'light');
}

function stored(): ThemeChoice {
  try {
    const found = localStorage.getItem(key);
    return themeChoices.find((choice) => choice === found) ?? 'system';
  } catch {
    return 'system';
  }
}
