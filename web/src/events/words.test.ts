import { expect, test } from 'vitest';
import { around, brief } from './words';

test('a line shows the digits that matter', () => {
  expect(brief('Sold 0.058269170897364526 LINK for 1.63202938341992')).toBe('Sold 0.0582692 LINK for 1.63203');
  expect(brief('11.573874 USDC, 5.00000000 BTC, 0.000000000000000123 ETH')).toBe('11.5739 USDC, 5 BTC, 0.000000000000000123 ETH');
  expect(brief('1234567890123.123456 USDT and 81.5 %')).toBe('1234567890123 USDT and 81.5 %');
});

test('the account is found in its sentence, or put behind it', () => {
  expect(around('retail-7 is called: 81 %', 'retail-7')).toEqual(['', ' is called: 81 %']);
  expect(around('Sold 1 BTC of retail-7 at 5', 'retail-7')).toEqual(['Sold 1 BTC of ', ' at 5']);
  expect(around('Paid.', 'retail-7')).toEqual(['Paid. ', '']);
  expect(around('Paid.', null)).toEqual(['Paid.', '']);
});
