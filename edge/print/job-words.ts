/** Why a job waits, failed, or is unknown: what, and what to do about it. */
import type { Words } from '#recipes/contracts/command.ts';

export const HOUR_MS = 3_600_000;

/** Asked for so long ago that nobody may want it any more. */
export const STALE: Words = {
  en: 'it waited for more than 4 hours and was not printed; print it now, or cancel it',
  zh: '等待已超过 4 小时,未打印;请选择立即打印或取消',
};

/** The box ended while this was being printed. */
export const BOX_ENDED: Words = {
  en: 'the box stopped while this was being printed: look whether it came out',
  zh: '打印过程中主机停止:请查看是否已打印出来',
};

/** It went out, and what became of it could not be stored. */
export const NOT_WRITTEN_DOWN: Words = {
  en: 'the box could not write down what became of this: look whether it came out',
  zh: '主机未能记录打印结果:请查看是否已打印出来',
};

/** No such printer any more. */
export const NO_PRINTER: Words = {
  en: 'its printer is no longer set up; move it to another one',
  zh: '该打印机已不存在;请转到其他打印机',
};

/** Some bytes went out and then `why`. */
export function lookFor(why: Words): Words {
  return {
    en: `${why.en}: look whether it came out whole`,
    zh: `${why.zh}:请查看是否已完整打印`,
  };
}

/** A fault of our own, named. */
export function failedWords(error: unknown): Words {
  const what = error instanceof Error ? error.message : String(error);
  return {
    en: `the slip could not be made (${what}); the log of the box says more`,
    zh: `单据生成失败(${what});详见主机日志`,
  };
}
