import { percentSigned } from '../format/numbers';

interface Props { name: string; value: number; least: number; most: number; disabled?: boolean; onChange: (value: number) => void }

/** A slider of whole per cent, its figure beside it; a double press sets it back to nothing. */
export function Slider({ name, value, least, most, disabled = false, onChange }: Props) {
  return (
    <label className="slider" data-moved={value !== 0} data-disabled={disabled}>
      <span>{name}</span>
      <input
        type="range" min={least} max={most} step={1} value={value} disabled={disabled} aria-valuetext={percentSigned(value / 100, 0)}
        onChange={(e) => onChange(Number(e.target.value))} onDoubleClick={() => onChange(0)}
      />
      <output className="num">{percentSigned(value / 100, 0)}</output>
    </label>
  );
}
