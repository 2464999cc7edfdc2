/** Amounts of eighteen decimals are for the record; a line of the list shows the digits that matter. */
export const brief = (text: string): string => text.replace(/\d+\.\d{5,}/g, shortened);

/** What stands before and after the first mention of the account; an account the text does not name comes last. */
export function around(text: string, account: string | null): [string, string] {
  if (account === null) return [text, ''];

  const at = text.indexOf(account);
  return at < 0 ? [`${text} `, ''] : [text.slice(0, at), text.slice(at + account.length)];
}

function shortened(amount: string): string {
  const whole = amount.indexOf('.');
  // A double holds no more digits than these exactly, and beside them no fraction matters.
  if (whole > 9) return amount.slice(0, whole);

  const value = Number(amount);
  const digits = value === 0 ? 0 : Math.max(2, 5 - Math.floor(Math.log10(value)));
  return value.toFixed(Math.min(digits, amount.length - whole - 1)).replace(/\.?0+$/, '');
}
