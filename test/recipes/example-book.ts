// The example of the public interface, completed with the items it mentions.
export const exampleYaml = `
larder: 1
name: Red-braise kitchen
currency: CNY
items:
  - id: pork-belly
    name: { zh: 五花肉, en: Pork belly }
    unit: g
    units: { pack: 2 kg, ml: 1.05 g }
    category: meat
    role: main
    yield: 0.87
    shelfLife: 3d
    opened: 24h
    station: fridge-1
    stock: { safety: 1 kg, par: 6 kg, max: 20 kg }
    allergens: []
  - { id: soy-sauce, name: 生抽, unit: ml, role: auxiliary, allergens: [soy, gluten] }
  - { id: takeaway-box, name: Takeaway box, unit: ea }
  - { id: scallion, unit: g, yield: 0.8 }
  - { id: rice, unit: g }
  - { id: noodles, unit: g }
  - { id: egg, unit: ea, units: { g: 0.02 ea } }
recipes:
  - id: braising-sauce
    name: { zh: 红烧汁, en: Braising sauce }
    makes: 9.6 kg
    kept: stocked
    shelfLife: 72h
    lines:
      - { item: soy-sauce, qty: 1.8 l }
  - id: garnish
    makes: 100 g
    yield: 0.5
    lines:
      - { item: scallion, qty: 60 g }
      - { item: rice, qty: 40 g, yield: 1 }
  - id: marinated-egg
    lines: [ { item: egg, qty: 1 } ]
  - id: braised-pork-rice
    name: { zh: 红烧肉盖饭, en: Braised pork rice }
    sku: [M-1001]
    price: "32.00"
    lines:
      - { item: pork-belly, qty: 348 g }
      - { recipe: braising-sauce, qty: 80 g }
      - { item: takeaway-box, qty: 1 ea, channel: [takeaway, delivery] }
  - id: full-bowl
    sku: M-2
    lines:
      - { item: rice, qty: 200 g }
      - { recipe: garnish, qty: 10 g }
      - { item: scallion, qty: 4 g, yield: 0.5 }
  - id: sliced-beef
    sku: W-1
    makes: 2.5 kg
    lines: [ { item: pork-belly, qty: 4.35 kg } ]
modifiers:
  - { sku: M7, name: { zh: 加蛋 }, lines: [ { recipe: marinated-egg, qty: 1 ea } ] }
  - { sku: M9, name: { zh: 去葱 }, remove: [ scallion ] }
  - { sku: M3, name: { zh: 大份 }, scale: 1.3 }
  - { sku: M4, on: [full-bowl], swap: { from: rice, to: noodles, qty: 200 g } }
  - { sku: M5, on: full-bowl, swap: { from: scallion, to: egg } }
  - { sku: M6, on: [full-bowl], remove: garnish }
  - { sku: M6, scale: 2 }
  - { sku: M8, name: 少辣 }
suppliers:
  - id: jinluo
    name: { zh: 金锣鲜肉 }
    deliveries: [mon, tue, wed, thu, fri, sat]
    deliverAt: "06:00"
    cutOff: "22:30"
    leadTime: 1d
    minimumOrder: "300.00"
    items:
      - { item: pork-belly, pack: 2 kg, price: "64.00", rounding: up }
`;
