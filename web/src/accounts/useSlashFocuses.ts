import { useEffect } from 'react';

/** `/` goes to the search from anywhere but a field. */
export function useSlashFocuses(search: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (e: KeyboardEvent): void => {
      const field = e.target instanceof HTMLElement && e.target.closest('input, select, textarea, dialog') !== null;
      if (e.key !== '/' || field || e.ctrlKey || e.metaKey || e.altKey) return;
      e.preventDefault();
      search.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [search]);
}
