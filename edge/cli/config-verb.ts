/** `larder config check | show | schema` */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { loadConfig, SETTINGS } from '../config.ts';
import { EXIT } from './fail.ts';
import { tableLines } from './output.ts';
import { readConfig, type Surroundings } from './place.ts';
import { addVerb, type Hang, type Run } from './verb.ts';

export function addConfig(root: Command, hang: Hang): void {
  const config = root.command('config').description('settings of the box / 主机配置');
  addVerb(config, hang, 'check', 'all mistakes at once / 检查配置', check);
  addVerb(config, hang, 'show', 'each setting, and where it comes from / 显示配置', show);
  addVerb(config, hang, 'schema', 'JSON Schema of larder.yaml / 配置的 JSON Schema', schema);
}

const check: Run = ({ around, out }) => {
  const file = join(around.here, 'larder.yaml');
  const present = existsSync(file);
  const loaded = loadConfig({
    flags: { data: around.data },
    env: around.env,
    ...(present ? { file: readFileSync(file, 'utf8') } : {}),
  });
  const problems = [...(loaded.ok ? [] : loaded.problems), ...strangers(around)];
  out.data({ ok: problems.length === 0, file: present ? file : null, problems });
  for (const problem of problems) out.line(problem);
  if (problems.length === 0) {
    out.line(
      present
        ? { en: 'larder.yaml and the environment are right', zh: 'larder.yaml 与环境变量均正确' }
        : {
            en: 'the environment is right; there is no larder.yaml here',
            zh: '环境变量正确;此处没有 larder.yaml',
          },
    );
  }
  return problems.length === 0 ? EXIT.good : EXIT.findings;
};

/** Variables of the launcher, which are no settings. */
const OURS = new Set(['LARDER_CWD', 'LARDER_SHARED']);

/** A misspelt variable would be ignored in silence. */
function strangers({ env }: Surroundings): string[] {
  const known = new Set(SETTINGS.map((setting) => setting.env));
  return Object.keys(env)
    .filter((name) => name.startsWith('LARDER_') && !known.has(name) && !OURS.has(name))
    .map((name) => `${name}: unknown variable; known: ${[...known].join(', ')}`);
}

const show: Run = ({ around, out }) => {
  const { config, from } = readConfig(around);
  const rows = SETTINGS.map(({ name, env, key, what }) => {
    return {
      name,
      value: masked(key, String(config[name])),
      from: from[name] ?? '',
      env,
      key,
      what,
    };
  });
  out.data({ settings: rows });
  const shown = rows.map(({ key, value, from: origin, what }) => [key, value || '-', origin, what]);
  for (const line of tableLines(shown)) out.line(line);
  return EXIT.good;
};

/** A screen is looked at by others: neither tokens, nor the password in an address. */
function masked(key: string, value: string): string {
  if (value !== '' && /token|password|secret|signatureKey/i.test(key)) return '***';
  return value.replace(/(\/\/[^:@/]*):[^@/]*@/, '$1:***@');
}

type Node = {
  type: string;
  description?: string;
  default?: string | number;
  properties?: Record<string, Node>;
  additionalProperties?: boolean;
};

const schema: Run = ({ out }) => {
  const root: Node = { type: 'object', properties: {}, additionalProperties: false };
  for (const { key, what, fallback } of SETTINGS) {
    const steps = key.split('.');
    let node = root;
    for (const step of steps.slice(0, -1)) node = childOf(node, step);
    const leaf = steps.at(-1) ?? key;
    node.properties = {
      ...node.properties,
      [leaf]: {
        type: /^\d+$/.test(fallback) ? 'integer' : 'string',
        description: what,
        default: /^\d+$/.test(fallback) ? Number(fallback) : fallback,
      },
    };
  }
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'larder.yaml',
    ...root,
  };
  out.raw(`${JSON.stringify(document, null, 2)}\n`);
  return EXIT.good;
};

function childOf(node: Node, step: string): Node {
  const properties = node.properties ?? {};
  node.properties = properties;
  const child = properties[step] ?? { type: 'object', properties: {}, additionalProperties: false };
  properties[step] = child;
  return child;
}
