/** Names as somebody might write them who is careless, far away, or means harm. */

const every256 = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('');

export const hostileNames: Readonly<Record<string, string>> = {
  'all 256 byte values': every256,
  'drawer kick and cut': `\x1bp\x00\x19\xfa\x1dV\x00\x10\x04\x01 五花肉 \x1b@\x1c.\x0c\x18`.repeat(
    12,
  ),
  'drawer kick in plain ASCII': '\x1bp\x00\x19Pork\x1dV\x00\x10\x04\x01 belly'.repeat(10),
  '200 Chinese letters': '黄焖鸡米饭配小菜'.repeat(25),
  '200 letters without a blank': 'Supercalifragilistic'.repeat(10),
  words: 'slow braised belly of pork with rice and greens '.repeat(5),
  emoji: '🍜👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏽'.repeat(25),
  'right to left': '\u202eلحم البقر\u202c \u2066עוף\u2069 '.repeat(12),
  'four bytes in GB18030': '𠮷野家㐂한국어ไทย'.repeat(16),
  'marks on marks': 'Z̷̢̛̫͙a̸̧̛l̵̢̛g̶̨̛o̷̢̕ Crème brûlée '.repeat(12),
  'half a pair': `五\ud842花\udfb7肉\u0000`.repeat(30),
  'blanks of all kinds': '五\t花\n肉\r\n\u00a0\u2003\u3000\u200b\ufeff x'.repeat(20),
  'nothing that shows': '\u200b\u0007\ufeff',
  empty: '',
};

/** Fields of the papers that people or their tills fill in. */
const SAID = new Set(
  'zh en address receiver note by lot item supplier supplierContact packText pack reason printer url unit state channel'.split(
    ' ',
  ),
);

/** The same data with a text in every field that somebody fills in. */
export function spoiled<T>(data: T, text: string, key = ''): T {
  if (typeof data === 'string') return (SAID.has(key) ? text : data) as T;
  if (Array.isArray(data)) return data.map((one) => spoiled(one, text, key)) as T;
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      name === 'allergens' ? [text, text] : spoiled(value, text, name),
    ]),
  ) as T;
}

/** Every figure as large as it can be written, or none at all. */
export function inflated<T>(data: T, figure: string, key = ''): T {
  const isFigure =
    /^(onHand|usable|need|onOrder|quantity|subtotal|minimumOrder|ordered|packAmount|price|amount|total|qty|cost|net|unlogged)$/;
  if (typeof data === 'string') return (isFigure.test(key) ? figure : data) as T;
  if (Array.isArray(data)) return data.map((one) => inflated(one, figure, key)) as T;
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, inflated(value, figure, name)]),
  ) as T;
}
