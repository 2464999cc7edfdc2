import { useValue } from '../live/value';
import { chooseTheme, theme } from './theme';

/** Switches between dark and light; until first pressed, the system decides. */
export function ThemeToggle() {
  const dark = useValue(theme) === 'dark';
  const label = dark ? 'Switch to light' : 'Switch to dark';

  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={() => chooseTheme(dark ? 'light' : 'dark')}>
      <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
        {dark
          ? <path d="M10 3v2m0 10v2M3 10h2m10 0h2M5 5l1.5 1.5m7 7L15 15M15 5l-1.5 1.5m-7 7L5 15M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
          : <path d="M16 12.2A6.5 6.5 0 0 1 7.8 4a6.5 6.5 0 1 0 8.2 8.2z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />}
      </svg>
    </button>
  );
}
