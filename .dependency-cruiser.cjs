// The house law: who may import whom. `npm run check` runs it; each rule says why it exists.
// Paths are regular expressions on the path from the project's folder.

/** Parts of the box that know nothing of each other: they meet at the ledger and in main. */
const features = [
  'pos',
  'kitchen',
  'counts',
  'people',
  'purchasing',
  'print',
  'alerts',
  'http',
  'cli',
  'commands',
  'feed',
  'lives',
  'catalog',
  'transfers',
];
const feature = `^edge/(${features.join('|')})/`;
const store = '-store[.]ts$';
const tests = '^test/';

/** A library that touches the world is imported in the files named, and nowhere else. */
function only(name, library, places, why) {
  return {
    name: `${name}-in-one-place`,
    comment: why,
    severity: 'error',
    from: { pathNot: [tests, ...places] },
    to: { path: library },
  };
}

function never(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

module.exports = {
  forbidden: [
    never('no-cycles', 'A cycle has no bottom to start reading from.', {}, { circular: true }),
    never('resolves', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    never(
      'main-is-a-leaf',
      'A program is started, not imported.',
      {},
      { path: '(^|/)main[.]ts$', pathNot: 'node_modules' },
    ),
    never(
      'tests-are-leaves',
      'The product does not know its tests.',
      { pathNot: `${tests}|^vitest[.]config` },
      { path: tests },
    ),
    never(
      'recipes-are-pure',
      'recipes/ is rules without a world: nothing of ours, nothing of Node, no library with effects.',
      { path: '^recipes/' },
      {
        path: '.',
        // chinese-days is tables and lunar arithmetic: no clock unless a date is left out, no network.
        pathNot:
          '^recipes/|node_modules/(zod|temporal-polyfill|yaml|csv-parse|csv-stringify|chinese-days)/',
      },
    ),
    never(
      'edge-stands-alone',
      'The box must run and change without the tablet and the bridge.',
      { path: '^edge/', pathNot: '^edge/(demo/|build[.]ts$)' },
      { path: '^(kitchen-ui|cloud-bridge)/' },
    ),
    never(
      'tablet-stands-alone',
      'The tablet knows the wire (recipes/contracts), not the box behind it.',
      { path: '^kitchen-ui/' },
      { path: '^(edge|cloud-bridge)/' },
    ),
    never(
      'bridge-stands-alone',
      'The bridge knows the feed, not the box; it may borrow the plumbing in edge/runtime.',
      { path: '^cloud-bridge/' },
      { path: '^(edge|kitchen-ui)/', pathNot: '^edge/runtime/' },
    ),
    never(
      'two-ends-of-a-wire',
      'What runs in the store and what runs in the cloud meet in recipes/contracts only.',
      { path: '^cloud-bridge/(uplink|hq)/' },
      { path: '^cloud-bridge/(uplink|hq)/', pathNot: '^cloud-bridge/$1/' },
    ),
    never(
      'runtime-is-plumbing',
      'edge/runtime carries no business word, so that the bridge may use it.',
      { path: '^edge/runtime/' },
      { path: '^edge/', pathNot: '^edge/runtime/' },
    ),
    never(
      'features-meet-at-the-ledger',
      'Features of the box do not know each other; main hands one to another as a function.',
      { path: feature, pathNot: '^edge/(http|commands)/' },
      { path: feature, pathNot: ['^edge/$1/', '^edge/commands/execute[.]ts$'] },
    ),
    never(
      'handlers-know-the-shape-only',
      'A handler has the type that commands/execute asks for; it never calls it.',
      { path: feature, pathNot: '^edge/(http|commands)/' },
      { path: '^edge/commands/execute[.]ts$', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'http-reads-stores-and-executes',
      'A route calls commands/execute for writes and stores for reads; doors are handed to it by main.',
      { path: '^edge/http/' },
      {
        path: feature,
        pathNot: ['^edge/http/', store, '^edge/commands/execute[.]ts$'],
        // The shape of a part that main hands over may be known.
        dependencyTypesNot: ['type-only'],
      },
    ),
    never(
      'commands-call-doors',
      'A command calls the feature that does it, never its SQL, and knows no transport.',
      { path: '^edge/commands/' },
      { path: ['^edge/(http|cli)/', `${feature}.*${store}`], pathNot: '^edge/commands/' },
    ),
    never(
      'one-door-to-the-ledger',
      'Every change of stock passes ledger/append; these may knock. Who only reads takes a reading type.',
      {
        pathNot: [
          tests,
          '^edge/ledger/',
          '^edge/pos/(settl|rebalance)',
          '^edge/(commands|kitchen|counts|people|purchasing|catalog|transfers|lives)/',
          '^edge/recipe-book/adopt[.]ts$',
          '^edge/box-parts[.]ts$',
        ],
      },
      { path: '^edge/ledger/append[.]ts$' },
    ),
    only(
      'sql',
      'node_modules/(better-sqlite3|@types/better-sqlite3|drizzle-orm|pg|@types/pg)/',
      // The type of a connection pool may be known where the parts of head office are listed.
      ['^edge/db/', '^cloud-bridge/hq/db/', '^cloud-bridge/hq/parts[.]ts$', store],
      'SQL lives in db/ and in stores.',
    ),
    only(
      'aedes',
      'node_modules/aedes/',
      ['^edge/pos/broker[.]ts$'],
      'One file knows the embedded broker.',
    ),
    only(
      'mqtt',
      'node_modules/mqtt/',
      ['^edge/pos/subscriber[.]ts$', '^edge/runtime/mqtt-client[.]ts$'],
      'Two files know the MQTT client: the subscriber and the tools.',
    ),
    only(
      'nodemailer',
      'node_modules/(nodemailer|@types/nodemailer)/',
      ['^edge/purchasing/sending/send-mail[.]ts$'],
      'One file knows the mailer.',
    ),
    only(
      'sockets',
      '^(node:)?(net|tls|dgram)$',
      [
        '^edge/pos/(guard|broker)[.]ts$',
        '^edge/print/tcp-line[.]ts$',
        // Reads addresses, opens nothing.
        '^cloud-bridge/hq/webhooks/private-address[.]ts$',
        // Asks the system for a free port, for PostgreSQL.
        '^cloud-bridge/hq/postgres/embedded[.]ts$',
      ],
      'Raw sockets belong to the broker, and to the printer in the network.',
    ),
  ],
  options: {
    // Type imports count: a type of another feature is knowledge of it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'edge/tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules/[.])' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'svelte'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.svelte', '.json'],
    },
  },
};
