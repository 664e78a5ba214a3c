/**
 * The letters that every Chinese receipt printer can show, and how wide they are: a column is one byte
 * of GBK, so ASCII takes one and everything else two. What a printer cannot show is folded to a letter
 * that it can, or becomes the mark 〓 (the printers' own sign for a letter that is missing), so that
 * a name can neither break the columns nor carry a byte that the printer would obey.
 */

/** Stands for one letter that the printer does not have; two columns wide. */
export const MISSING = '〓';

/**
 * Text as it can be printed: printable ASCII and letters of two bytes in GBK, nothing else. Control
 * and format characters of any kind are gone; white space of other kinds is a space.
 */
export function showable(text: string): string {
  // Nothing of a longer text could be printed on one line or in one block of a slip.
  const spaced = text
    .slice(0, LONGEST)
    .toWellFormed()
    .replace(/[^\S \ufeff]+/g, ' ');
  if (/^[ -~]*$/.test(spaced)) return spaced;
  let shown = '';
  for (const { segment } of graphemes.segment(spaced)) shown += showableLetter(segment);
  return shown;
}

/** Columns of a text that `showable` let pass. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += isAscii(letter) ? 1 : 2;
  return width;
}

/** Printable ASCII only: the printer shows it in any mode. */
export function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Whether a printer has this letter. */
export function isShowable(letter: string): boolean {
  return isAscii(letter) || isHan(letter) || SYMBOLS.has(letter);
}

const LONGEST = 4_000;

/** Letters as a reader counts them: an emoji of seven code points is one. */
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

function showableLetter(grapheme: string): string {
  const plain = grapheme.replace(/[\p{Cc}\p{Cf}]/gu, '');
  if (plain === '') return '';
  const composed = plain.normalize('NFC');
  if (isShowable(composed)) return composed;
  const known = FOLDED.get(composed);
  if (known !== undefined) return known;
  // Crème, ½, ﬁ, 𝐀: the letter without its marks, or the plain form of a fancy one.
  const bare = [...plain.normalize('NFKD').replace(/\p{M}/gu, '')]
    .map((letter) => FOLDED.get(letter) ?? letter)
    .join('');
  if (bare === '') return MISSING;
  return [...bare].every(isShowable) ? bare : MISSING;
}

function isHan(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  return letter.length === 1 && code >= 0x4e00 && code <= 0x9fa5;
}

/** What NFKD does not know. */
const FOLDED: ReadonlyMap<string, string> = new Map([
  ['\u2212', '-'],
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2012', '-'],
  ['\u2013', '-'],
  ['\u2044', '/'],
  ['\u2022', '·'],
  ['\u00a5', '￥'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ø', 'o'],
  ['Ø', 'O'],
  ['ı', 'i'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['đ', 'd'],
]);

/** Rows 1 to 7 of GB 2312, which every font of such printers has, without ornaments of tables. */
const SYMBOLS: ReadonlySet<string> = new Set([
  ...'、。·¨〃々—～‖…‘’“”〔〕〈〉《》「」『』〖〗【】±×÷∶∧∨∑∏∪∩∈∷√⊥∥∠⌒⊙∫∮≡≌≈∽∝≠≮≯≤≥∞∵∴♂♀°′″℃',
  ...'＄¤￠￡‰§№☆★○●◎◇◆□■△▲※→←↑↓〓',
  ...'⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇①②③④⑤⑥⑦⑧⑨⑩',
  ...'㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ',
  ...'！＂＃￥％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ',
  ...'［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝￣',
  ...'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽ',
  ...'まみむめもゃやゅゆょよらりるれろゎわゐゑをん',
  ...'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポ',
  ...'マミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ',
  ...'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω',
  ...'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя',
]);
