import { useDesk } from '../live/store';

/** Says that the engine has stopped: what is shown is the last it decided, and nothing moves any more. */
export function HaltedBanner() {
  const halted = useDesk((s) => s.venue?.halted ?? null);
  if (halted === null) return null;

  return <p className="halted" role="alert"><strong>The engine has stopped.</strong> {halted} Figures are the last it decided.</p>;
}
