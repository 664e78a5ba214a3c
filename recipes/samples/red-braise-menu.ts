/**
 * What the till of the sample restaurant knows: codes, printed names, prices, and how often guests
 * ask for each. Codes and prices are those of `red-braise.yaml`.
 */

/** Where on the menu a dish stands, which decides with what it is ordered. */
export type Course = 'rice' | 'noodles' | 'deli' | 'hot' | 'cold' | 'soup' | 'staple' | 'drink';

export type MenuDish = {
  readonly sku: string;
  readonly name: string;
  /** Yuan; of 1 kg for the weighed dish. */
  readonly price: number;
  readonly course: Course;
  /** Weight among the dishes of its course. */
  readonly lunch: number;
  readonly dinner: number;
};

export type MenuModifier = {
  readonly sku: string;
  readonly name: string;
  /** Added to the price of the line, in yuan. */
  readonly price: number;
  /** How likely a guest asks for it, 0 to 1. */
  readonly chance: number;
  /** Nobody asks for two of one group. */
  readonly group: string;
  /** On dishes of these courses or with these codes. */
  readonly on: readonly string[];
};

export type MenuCombo = {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
  readonly lunch: number;
  readonly dinner: number;
  /** Each guest of the set picks one code from each list. */
  readonly choices: readonly (readonly string[])[];
};

/** The one dish sold by weight. */
export const WEIGHED_SKU = 'M-3007';

type Row = readonly [sku: string, name: string, price: number, lunch: number, dinner: number];

const course = (which: Course, rows: readonly Row[]): MenuDish[] =>
  rows.map(([sku, name, price, lunch, dinner]) => ({
    sku,
    name,
    price,
    course: which,
    lunch,
    dinner,
  }));

export const DISHES: readonly MenuDish[] = [
  ...course('rice', [
    ['M-1001', '红烧肉盖饭', 32, 22, 18],
    ['M-1002', '梅菜扣肉饭', 34, 6, 6],
    ['M-1003', '卤肉饭', 26, 14, 9],
    ['M-1004', '红烧牛腩饭', 42, 8, 9],
    ['M-1005', '宫保鸡丁饭', 28, 13, 9],
    ['M-1006', '鱼香肉丝饭', 28, 12, 8],
    ['M-1007', '麻婆豆腐饭', 24, 8, 5],
    ['M-1008', '番茄炒蛋饭', 22, 10, 6],
    ['M-1009', '糖醋里脊饭', 30, 7, 7],
    ['M-1010', '香菇滑鸡饭', 29, 8, 6],
    ['M-1011', '回锅肉饭', 30, 7, 6],
    ['M-1012', '虾仁滑蛋饭', 34, 4, 5],
    ['M-1013', '扬州炒饭', 24, 7, 7],
    ['M-1014', '腊味煲仔饭', 33, 3, 6],
  ]),
  ...course('noodles', [
    ['M-2001', '红烧牛肉面', 32, 14, 12],
    ['M-2002', '葱油拌面', 18, 8, 4],
    ['M-2003', '担担面', 20, 7, 5],
    ['M-2007', '鲜肉馄饨', 20, 8, 7],
    ['M-2008', '红油抄手', 22, 6, 6],
  ]),
  ...course('deli', [
    ['M-3001', '卤牛肉', 38, 3, 7],
    ['M-3002', '卤蛋(个)', 3, 12, 6],
    ['M-3003', '卤豆干', 10, 5, 6],
    [WEIGHED_SKU, '称重卤味', 80, 3, 8],
  ]),
  ...course('hot', [
    ['M-4001', '红烧肉', 52, 5, 10],
    ['M-4002', '蒜蓉空心菜', 22, 6, 8],
    ['M-4003', '蚝油生菜', 18, 5, 6],
    ['M-4004', '干煸四季豆', 26, 4, 7],
    ['M-4005', '地三鲜', 26, 4, 7],
    ['M-4006', '酸辣土豆丝', 18, 6, 7],
    ['M-4007', '手撕包菜', 20, 4, 6],
    ['M-4008', '可乐鸡翅', 36, 3, 6],
    ['M-4009', '清蒸鲈鱼', 68, 1, 4],
    ['M-4010', '水煮鱼片', 58, 2, 7],
    ['M-4011', '椒盐鱿鱼', 46, 1, 4],
    ['M-4012', '孜然牛肉', 52, 2, 5],
    ['M-4013', '蒜蓉西兰花', 24, 3, 5],
    ['M-4015', '剁椒蒸豆腐', 24, 2, 3],
  ]),
  ...course('cold', [
    ['M-5001', '拍黄瓜', 14, 6, 10],
    ['M-5002', '皮蛋豆腐', 16, 4, 7],
    ['M-5004', '口水鸡', 30, 3, 6],
  ]),
  ...course('soup', [
    ['M-6001', '紫菜蛋花汤', 10, 10, 6],
    ['M-6002', '冬瓜排骨汤', 24, 3, 5],
    ['M-6003', '萝卜牛腩汤', 28, 2, 4],
  ]),
  ...course('staple', [
    ['M-7001', '白米饭', 3, 20, 30],
    ['M-7002', '葱油饼', 8, 4, 5],
    ['M-7003', '炸馒头', 10, 1, 4],
  ]),
  ...course('drink', [
    ['M-8001', '可乐', 6, 10, 9],
    ['M-8002', '雪碧', 6, 6, 5],
    ['M-8003', '北冰洋', 8, 5, 6],
    ['M-8004', '凉茶', 7, 5, 6],
    ['M-8005', '矿泉水', 4, 6, 3],
    ['M-8006', '酸梅汤', 9, 9, 8],
    ['M-8007', '柠檬红茶', 12, 8, 5],
    ['M-8008', '豆浆', 6, 4, 2],
    ['M-8009', '青岛啤酒', 12, 0.5, 9],
    ['M-8010', '鲜啤(杯)', 16, 0.5, 7],
  ]),
];

const BOWLS = ['rice', 'noodles'] as const;
const NOODLES_TO_SWAP = ['M-2001', 'M-2002', 'M-2003'] as const;
const SPICY = ['M-1005', 'M-1007', 'M-2003', 'M-2008', 'M-4004', 'M-4010', 'M-5004'] as const;
const WITH_SCALLION = [
  'M-1001',
  'M-1003',
  'M-1007',
  'M-1008',
  'M-1013',
  'M-2001',
  'M-2007',
] as const;
const WITH_CORIANDER = ['M-1003', 'M-1004', 'M-2001', 'M-3001', 'M-4010', 'M-6003'] as const;

export const MODIFIERS: readonly MenuModifier[] = [
  modifier('M1', '小份', 0, 0.02, 'size', ['rice']),
  modifier('M2', '加饭', 2, 0.05, 'staple', ['rice']),
  modifier('M3', '大份', 10, 0.08, 'size', BOWLS),
  modifier('M4', '换面条', 0, 0.05, 'swap', ['M-1001']),
  modifier('M5', '加辣', 0, 0.05, 'chilli', BOWLS),
  modifier('M6', '加肉', 12, 0.05, 'meat', ['M-1001', 'M-1002']),
  modifier('M7', '加蛋', 3, 0.13, 'egg', BOWLS),
  modifier('M8', '加煎蛋', 3, 0.05, 'egg', BOWLS),
  modifier('M9', '去葱', 0, 0.06, 'scallion', WITH_SCALLION),
  modifier('M10', '去香菜', 0, 0.09, 'coriander', WITH_CORIANDER),
  modifier('M11', '不要蒜', 0, 0.02, 'garlic', ['hot', 'cold']),
  modifier('M12', '加豆干', 4, 0.04, 'tofu', BOWLS),
  modifier('M13', '不要花生', 0, 0.03, 'peanuts', ['M-1005', 'M-2003', 'M-5004']),
  modifier('M14', '换粉丝', 0, 0.03, 'swap', NOODLES_TO_SWAP),
  modifier('M15', '加午餐肉', 6, 0.02, 'meat', ['noodles']),
  modifier('M16', '加青菜', 4, 0.04, 'greens', BOWLS),
  modifier('M17', '加面', 4, 0.06, 'swap', NOODLES_TO_SWAP),
  modifier('M18', '加5个馄饨', 9, 0.07, 'staple', ['M-2007', 'M-2008']),
  modifier('M19', '免辣', 0, 0.05, 'chilli', SPICY),
  modifier('M21', '换零度可乐', 0, 0.22, 'swap', ['M-8001']),
];

/** Asked for by guests who eat at a desk, for every dish of the sale. */
export const NO_CUTLERY: MenuModifier = modifier('M20', '不要餐具', 0, 0.18, 'cutlery', []);

export const COMBOS: readonly MenuCombo[] = [
  combo('C-900', '双人套餐', 88, 5, 9, [
    ['M-1001', 'M-1004', 'M-1005'],
    ['M-1003', 'M-1006', 'M-1010', 'M-2001'],
    ['M-5001', 'M-5002'],
    ['M-8006', 'M-8001'],
    ['M-8006', 'M-8002'],
  ]),
  combo('C-901', '工作餐', 36, 12, 2, [
    ['M-1001', 'M-1003', 'M-1005', 'M-1006', 'M-1008'],
    ['M-6001'],
    ['M-8001', 'M-8005', 'M-8008'],
  ]),
  combo('C-902', '卤味啤酒套餐', 58, 0.2, 4, [
    ['M-3001'],
    ['M-3003'],
    ['M-8009', 'M-8010'],
    ['M-8009', 'M-8010'],
  ]),
  combo('C-903', '家庭套餐', 198, 0.5, 3, [
    ['M-4001'],
    ['M-4010', 'M-4009'],
    ['M-4002', 'M-4013'],
    ['M-4006', 'M-4005'],
    ['M-5001'],
    ['M-6002'],
    ['M-7001'],
    ['M-7001'],
    ['M-7001'],
  ]),
];

function modifier(
  sku: string,
  name: string,
  price: number,
  chance: number,
  group: string,
  on: readonly string[],
): MenuModifier {
  return { sku, name, price, chance, group, on };
}

function combo(
  sku: string,
  name: string,
  price: number,
  lunch: number,
  dinner: number,
  choices: readonly (readonly string[])[],
): MenuCombo {
  return { sku, name, price, lunch, dinner, choices };
}
