/** Examples of what the bridge asks and is answered. */

const first = '5e0c1f0f9d1f0d3c8a2e7b6a4c9d8e7f6a5b4c3d2e1f00112233445566778899';
const second = 'a17c0b7f24d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70819a2b3c4d5e6f7';
const incarnation = '5b1f6a0c9d2e4f7781a3b2c4d5e6f708';
const parent = { incarnation, seq: 1204, hash: first, events: 950, why: 'found' };

export const FEED_EXAMPLES = {
  batch: {
    incarnation,
    from: 1205,
    to: 1205,
    prevHash: first,
    headHash: second,
    stateDigest: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    head: { seq: 1205, hash: second, recordedAt: 1_795_321_867_512 },
    entries: [
      {
        seq: 1205,
        hash: second,
        kind: 'waste',
        day: '2026-11-22',
        occurredAt: '2026-11-22T04:31:07.512Z',
        recordedAt: '2026-11-22T04:31:07.530Z',
        command: 'tablet-1:0007',
        actor: 'Wang',
        event: null,
        sale: null,
        reverses: null,
        book: 3,
        note: { item: 'pork-belly', qty: 620_000_000, reason: 'overproduced' },
        moves: [
          { line: -1, item: 'pork-belly', lot: 17, from: 'stock', to: 'waste', amount: '620' },
        ],
        text: '1;1205;13;;;;3;20261122;1795321867512;1795321867530;13:tablet-1:0007;4:Wang;-;-1,4,17,1,4,620000000;',
      },
    ],
  },
  hashes: { hashes: [[1204, first]] },
  balances: { seq: 1205, hash: second, rows: [[4, 1, 17, 3_580_000_000]] },
  ack: {
    ackedSeq: 1205,
    ackedHash: second,
    catalogHead: 12,
    state: 'main',
    differences: 0,
    hqUrl: 'https://hq.example.com',
  },
  acked: { ok: true, catalogHead: 12 },
  refused: {
    what: 'store',
    said: '401 unauthorized: check LARDER_HQ_TOKEN and that head office knows this store',
  },
  noted: { ok: true },
  fork: { incarnation, seq: 1204, hash: first, why: 'found' },
  forked: { incarnation: 'c0ffee00c0ffee00c0ffee00c0ffee00', parent },
  facts: { incarnation, segment: 1, afterSeq: 1204, facts: 'KLUv/SQA', more: false },
  takenOver: {
    applied: 41,
    duplicates: 3,
    refused: [
      {
        what: 'waste.log',
        id: 'tablet-1:0007',
        code: 'empty_lot',
        message: { en: 'nothing is left of the lot', zh: '该批次已无余量' },
      },
    ],
  },
  version: {
    version: 12,
    signed: '{"version":12,"kind":"commands","stores":null}',
    signature: 'c2lnbmF0dXJl',
    key: 'cHVibGljIGtleQ==',
  },
  catalogTaken: { version: 12, state: 'taken' },
} as const;
