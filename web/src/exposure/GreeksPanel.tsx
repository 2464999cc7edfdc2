import { useEffect, useMemo, useState } from 'react';
import { Choice } from '../Choice';
import { Panel } from '../Panel';
import { type ExposureReport, type Greek, type Group, everybody, greeks } from '../api/exposure';
import { compact, fixed, price, usd } from '../format/numbers';
import { isBusy } from '../view/view';
import { HeatScale, HeatTable } from './HeatTable';
import { type Cut, type GreekTable, cuts, greekTable, shaded } from './greekLines';
import { type Unit, money, withUnit, wordsOf } from './greekWords';
import { endOf } from './heat';

const sides = [{ value: 'net', text: 'Net' }, { value: 'gross', text: 'Gross' }] as const;
const currencies = [{ value: 'usd', text: 'USD' }, { value: 'coin', text: 'Coin' }] as const;
const offered = greeks.map((g) => ({ value: g, text: wordsOf[g].title }));

/** What the accounts are exposed to: one Greek at a time, by underlying and expiry. */
export function GreeksPanel({ report, problem }: { report: ExposureReport | null; problem: string | null }) {
  const [greek, setGreek] = useState<Greek>('delta');
  const [side, setSide] = useState<'net' | 'gross'>('net');
  const [unit, setUnit] = useState<Unit>('usd');
  const [chosen, setChosen] = useState<string | null>(null);
  useDigitsChoose(setGreek);
  const group = groupOf(report, chosen);
  const tables = useMemo(
    () => (report === null || group === null ? null : cuts.map((cut) => ({ cut, ...greekTable(report, group, { greek, gross: side === 'gross', unit, cut }) }))),
    [report, group, greek, side, unit],
  );
  const end = tables === null ? 0 : endOf(tables.flatMap(shaded));
  const flat = tables !== null && group?.name === everybody && side === 'net' && tables.flatMap(shaded).every((v) => v === null || Math.abs(v) < 0.005);
  const plain = (value: number): string => (unit === 'usd' ? usd(value) : compact(value)) + wordsOf[greek].per;

  return (
    <Panel
      id="greeks" title="Greeks" problem={problem}
      note={wordsOf[greek].means}
      tools={(
        <>
          <Choice label="Net or gross" options={sides} value={side} onChange={setSide} />
          <Choice label="Unit" options={currencies} value={unit} onChange={setUnit} />
        </>
      )}
    >
      <div className="sub-head">
        <Choice label="Greek" options={offered} value={greek} onChange={setGreek} />
        {group !== null && report !== null && report.groups.length > 1 && (
          <select aria-label="Accounts looked at" value={group.name} onChange={(e) => setChosen(e.target.value)}>
            {report.groups.map((g) => <option key={g.name} value={g.name}>{g.name} ({fixed(g.accounts, 0)})</option>)}
          </select>
        )}
      </div>
      {tables === null || tables.every((table) => table.lines.length === 0)
        ? <p className="empty">{tables === null ? (problem === null ? 'Waiting for the venue’s exposure.' : 'No exposure is known yet.') : 'Nobody here holds a position, so there is nothing to be exposed to.'}</p>
        : (
          <div className="greek-tables">
            <HeatScale end={end} show={plain} />
            {tables.map((table) => <GreekMap key={table.cut} table={table} greek={greek} unit={unit} end={end} />)}
            {flat && <p className="note heat-words">Every long is another account’s short: all accounts together are flat until the provider takes over what is liquidated.</p>}
          </div>
        )}
    </Panel>
  );
}

interface MapProps { table: GreekTable & { cut: Cut }; greek: Greek; unit: Unit; end: number }

/** One Greek by underlying, against expiry or strike. */
function GreekMap({ table, greek, unit, end }: MapProps) {
  const title = table.cut === 'expiry' ? 'By time to expiry' : 'Options by strike, in per cent of the forward';
  if (table.lines.length === 0) return <><h3>{title}</h3><p className="empty">No option is held.</p></>;

  return (
    <>
      <h3>{title}</h3>
      <HeatTable
        label={`${wordsOf[greek].title} by underlying and ${table.cut}`} corner="Underlying" columns={table.columns} totalFrom={table.columns.length - table.sums} end={end}
        lines={table.lines.map((line) => ({ ...line, head: line.total ? 'All' : <>{line.underlying}<small className="num">{price(line.price)}</small></> }))}
        show={(value, line) => <>{money(value, unit, line.key)}<small>{wordsOf[greek].per}</small></>}
        hint={(value, line, i) => `${wordsOf[greek].title} of ${line.key}, ${table.columns[i] ?? ''}: ${withUnit(value, greek, unit, line.key)} (${wordsOf[greek].means})`}
      />
    </>
  );
}

/** The group chosen; at first a class where there are any, because all accounts together are mostly flat. */
function groupOf(report: ExposureReport | null, chosen: string | null): Group | null {
  if (report === null) return null;
  return report.groups.find((g) => g.name === chosen) ?? report.groups[1] ?? report.groups[0] ?? null;
}

/** 1 to 8 choose the Greek, from anywhere but a field. */
function useDigitsChoose(choose: (greek: Greek) => void): void {
  useEffect(() => {
    const onKey = (e: KeyboardEvent): void => {
      const greek = /^[1-8]$/.test(e.key) ? greeks[Number(e.key) - 1] : undefined;
      if (greek === undefined || e.ctrlKey || e.metaKey || e.altKey || isBusy(e.target)) return;
      choose(greek);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [choose]);
}
