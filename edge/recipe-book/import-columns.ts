/**
 * The tables of the book as people keep them in spreadsheets: items, recipes and suppliers, one
 * column per field. Import, export and the template all come from these lists.
 */
import type { Codec } from './import-cells.ts';
import {
  clock,
  decimal,
  kept,
  list,
  role,
  rounding,
  text,
  unit,
  units,
  ways,
  weekdays,
} from './import-cells.ts';

export type TableKind = 'items' | 'recipes' | 'suppliers';
export const TABLE_KINDS: readonly TableKind[] = ['items', 'recipes', 'suppliers'];

export type Column = {
  /** Header in English, which export writes, and in Chinese. */
  readonly header: string;
  readonly zh: string;
  /** Other headers people use. */
  readonly also: readonly string[];
  /** Place in the entry, or in its line when `line`. */
  readonly path: readonly string[];
  readonly line: boolean;
  readonly codec: Codec;
  /** What the template shows. */
  readonly example: string;
};

export type Table = {
  readonly kind: TableKind;
  readonly zh: string;
  /** The list inside an entry that its rows are the lines of. */
  readonly lines: 'lines' | 'items' | undefined;
  readonly columns: readonly Column[];
};

function column(
  header: string,
  zh: string,
  path: string,
  codec: Codec,
  example = '',
  also: readonly string[] = [],
): Column {
  return { header, zh, also, path: path.split('.'), line: false, codec, example };
}

function inLine(
  header: string,
  zh: string,
  path: string,
  codec: Codec,
  example = '',
  also: readonly string[] = [],
): Column {
  return { ...column(header, zh, path, codec, example, also), line: true };
}

const names = (zh: string, en: string): Column[] => [
  column('name_zh', '名称', 'name.zh', text, zh, ['中文名', '品名', '中文名称']),
  column('name_en', '英文名', 'name.en', text, en, ['英文名称', 'english']),
  // A name that is one text in the book stays one text.
  column('name', '名称(原文)', 'name', text),
];

const shelf: readonly Column[] = [
  column('units', '换算', 'units', units, '', ['单位换算', 'conversions']),
  column('category', '类别', 'category', text, '', ['分类']),
  column('role', '主辅料', 'role', role, '', ['类型']),
  column('yield', '净料率', 'yield', decimal, '', ['出成率', '出净率']),
  column('shelf_life', '保质期', 'shelfLife', text, '', ['shelfLife']),
  column('opened', '开封后', 'opened', text, '', ['开封后保质期']),
  column('thawed', '解冻后', 'thawed', text, '', ['解冻后保质期']),
  column('frozen', '冷冻后', 'frozen', text, '', ['冷冻保质期']),
  column('station', '存放位置', 'station', text, '', ['库位', '位置']),
  column('safety', '安全库存', 'stock.safety', text, '', ['订货点']),
  column('par', '标准库存', 'stock.par', text, '', ['补货至', 'par']),
  column('max', '最大库存', 'stock.max', text, '', ['库存上限']),
  column('allergens', '过敏原', 'allergens', list),
  column('notes', '备注', 'notes', text),
];

/** The shelf's columns with what the template shows in some of them. */
function shelfWith(examples: Readonly<Record<string, string>>): Column[] {
  return shelf.map((one) => ({ ...one, example: examples[one.header] ?? '' }));
}

const ID_ZH = '编号';
const ID_ALSO = ['编码', '代码', 'code_id'];

export const TABLES: Readonly<Record<TableKind, Table>> = {
  items: {
    kind: 'items',
    zh: '物料',
    lines: undefined,
    columns: [
      column('id', ID_ZH, 'id', text, 'pork-belly', [...ID_ALSO, '物料编号']),
      ...names('五花肉', 'Pork belly'),
      column('unit', '单位', 'unit', unit, 'g', ['基本单位', '库存单位']),
      ...shelfWith({
        units: 'pack = 2 kg',
        category: 'meat',
        role: 'main',
        yield: '0.87',
        shelf_life: '3d',
        opened: '24h',
        station: 'fridge-1',
        safety: '1 kg',
        par: '6 kg',
        max: '20 kg',
      }),
      column('barcodes', '条码', 'barcodes', list, '', ['条形码', '商品条码']),
      column('max_temperature', '到货最高温度', 'maxTemperature', decimal, '', [
        'maxTemperature',
        '最高温度',
      ]),
    ],
  },
  recipes: {
    kind: 'recipes',
    zh: '配方',
    lines: 'lines',
    columns: [
      column('id', ID_ZH, 'id', text, 'braised-pork-rice', [...ID_ALSO, '配方编号']),
      ...names('红烧肉盖饭', 'Braised pork rice'),
      column('sku', '收银编码', 'sku', list, 'M-1001', ['skus', '菜品编码', 'POS编码']),
      column('price', '售价', 'price', decimal, '32.00', ['价格']),
      column('makes', '产量', 'makes', text, '', ['出品量']),
      column('sold', '销售单位', 'sold', text),
      column('kept', '制作方式', 'kept', kept),
      ...shelfWith({}),
      inLine('item', '物料', 'item', text, 'pork-belly', ['原料', '物料编号(用料)', 'ingredient']),
      inLine('sub_recipe', '半成品', 'recipe', text, '', ['子配方', 'recipe', 'subRecipe']),
      inLine('qty', '用量', 'qty', text, '348 g', ['净料用量', 'quantity', '数量']),
      inLine('line_yield', '行净料率', 'yield', decimal),
      inLine('channel', '渠道', 'channel', list),
      inLine('line_notes', '行备注', 'notes', text),
    ],
  },
  suppliers: {
    kind: 'suppliers',
    zh: '供应商',
    lines: 'items',
    columns: [
      column('id', ID_ZH, 'id', text, 'jinluo', [...ID_ALSO, '供应商编号']),
      ...names('金锣鲜肉', 'Jinluo Meat'),
      column('phone', '电话', 'contact.phone', text, '138 0000 0042', ['手机', '联系电话']),
      column('email', '邮箱', 'contact.email', text, '', ['电子邮箱', 'e-mail']),
      column('send', '下单方式', 'send', ways, '', ['发送方式']),
      column('deliveries', '送货日', 'deliveries', weekdays, 'mon; wed; fri', ['配送日']),
      column('deliver_at', '送达时间', 'deliverAt', clock, '06:00', ['deliverAt']),
      column('cut_off', '截单时间', 'cutOff', clock, '22:30', ['cutOff']),
      column('lead_time', '提前期', 'leadTime', text, '1d', ['leadTime']),
      column('minimum_order', '起订额', 'minimumOrder', decimal, '300.00', ['minimumOrder']),
      column('notes', '备注', 'notes', text),
      inLine('item', '物料', 'item', text, 'pork-belly', ['物料编号', '原料']),
      inLine('pack', '包装', 'pack', text, '2 kg', ['规格', '包装规格']),
      inLine('price', '单价', 'price', decimal, '64.00', ['进价', '价格']),
      inLine('rounding', '取整', 'rounding', rounding, 'up'),
      inLine('code', '供应商货号', 'code', text, '', ['货号']),
      inLine('line_notes', '行备注', 'notes', text),
    ],
  },
};

/** The column a header means, if any; case, spaces and `_` do not matter. */
export function columnOf(table: Table, header: string): Column | undefined {
  const wanted = plain(header);
  return table.columns.find((one) =>
    [one.header, one.zh, ...one.also].some((name) => plain(name) === wanted),
  );
}

/** All headers of a table, for "did you mean". */
export function headersOf(table: Table): string[] {
  return table.columns.flatMap((one) => [one.header, one.zh]);
}

function plain(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*:]/g, '');
}
