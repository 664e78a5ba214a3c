/** The `larder` tool: every verb hung into one command line. */
import { Command, CommanderError } from 'commander';
import { Fault } from '../runtime/fault.ts';
import { addBacktest } from './backtest-verb.ts';
import { addBackup } from './backup-verbs.ts';
import { addConfig } from './config-verb.ts';
import { addDoctor } from './doctor-verb.ts';
import { addExport } from './export-verb.ts';
import { EXIT, Stop } from './fail.ts';
import { addFsck } from './fsck-verb.ts';
import { addImport } from './import-verb.ts';
import { addKitchenVerbs } from './kitchen-verbs.ts';
import { openOutput } from './output.ts';
import { addCheck } from './pos-check.ts';
import { addReplay } from './pos-replay.ts';
import { addSell } from './pos-sell.ts';
import { addRefund, addVoid } from './pos-take-back.ts';
import { addPrintVerbs } from './print-verbs.ts';
import { addStockVerbs } from './stock-verbs.ts';
import { addSuggest } from './suggest-verb.ts';
import { type Hang, type Tool, textOf, type VerbOptions } from './verb.ts';

let exitCode: number = EXIT.good;
let tool: Tool | undefined;
const hang: Hang = {
  tool(options) {
    tool = toolFor(options);
    return tool;
  },
  ended(exit) {
    exitCode = exit;
  },
};

try {
  await program().parseAsync(process.argv);
} catch (error) {
  exitCode = exitOfError(error);
}
process.exitCode = exitCode;

function program(): Command {
  const root = new Command('larder')
    .description('Larder: the tool for shop IT and POS integrators / 门店与收银对接工具')
    .option('--json', 'one JSON document for machines / 以 JSON 输出')
    .option('--lang <lang>', 'zh or en; default: by LANG / 语言')
    .option('--data <folder>', 'data folder of the box; default: LARDER_DATA / 数据目录')
    .exitOverride()
    .showHelpAfterError('(larder --help)');
  const pos = root
    .command('pos')
    .description('speak to the box as a POS terminal / 模拟收银终端')
    .option('--terminal <name>', 'which terminal / 终端', 'T1');
  addSell(pos, hang);
  addVoid(pos, hang);
  addRefund(pos, hang);
  addReplay(pos, hang);
  addCheck(pos, hang);
  addImport(root, hang);
  addExport(root, hang);
  addStockVerbs(root, hang);
  addSuggest(root, hang);
  addKitchenVerbs(root, hang);
  addBacktest(root, hang);
  addPrintVerbs(root, hang);
  addFsck(root, hang);
  addDoctor(root, hang);
  addConfig(root, hang);
  addBackup(root, hang);
  return root;
}

function toolFor(options: VerbOptions): Tool {
  const out = openOutput(
    { json: options['json'] === true, lang: textOf(options, 'lang') },
    process.env,
  );
  return {
    around: {
      here: process.env['LARDER_CWD'] ?? process.cwd(),
      env: process.env,
      data: textOf(options, 'data'),
      lang: out.lang,
    },
    out,
  };
}

function exitOfError(error: unknown): number {
  // commander has printed its own message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.good : EXIT.wrongUse;
  const { out } = tool ?? toolFor({ json: process.argv.includes('--json') });
  const stop =
    error instanceof Fault ? new Stop(error.code, { en: error.message, zh: error.message }) : error;
  if (!(stop instanceof Stop)) throw error;
  out.stop(stop);
  return stop.exit;
}
