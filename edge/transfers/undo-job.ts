/** Undoing what was sent to or came from outside work. */
import { must } from '#recipes/assert.ts';
import type { Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import { saveBack } from './outsource-receive.ts';
import type { JobBack, StoredJob } from './outsource-store.ts';
import type { TransferParts } from './transfer-parts.ts';
import { notAgain, type Root, type Undoing } from './undo-root.ts';

/** What undoing (or restoring) an entry of a job does, or why it cannot be done. */
export function undoJob(parts: TransferParts, root: Root): Undoing | Refusal | undefined {
  const job = parts.jobs.get(String(root.note['job']));
  if (!job) return undefined;
  return root.note['what'] === 'send' ? undoSend(parts, job, root) : undoBack(parts, job, root);
}

function undoSend(parts: TransferParts, job: StoredJob, { restores }: Root): Undoing | Refusal {
  if (job.back.length > 0) {
    return refuse(
      'outside_job_begun',
      `entry: something of "${job.id}" came back already; undo that first`,
      `entry:“${job.id}”已有返还;请先撤销返还`,
    );
  }
  const state = restores ? 'out' : 'cancelled';
  return { done: () => parts.jobs.put({ ...job, state }) };
}

function undoBack(
  parts: TransferParts,
  job: StoredJob,
  { seq, note, restores }: Root,
): Undoing | Refusal {
  // What came back later was reckoned from what was out there then: only the newest can be undone.
  const newest = job.back.at(-1)?.entry ?? 0;
  if (restores) {
    if (newest > seq || job.state === 'cancelled') return notAgain('entry', job.id);
    const { used, returned, lost, fee, products } = note as unknown as JobBack;
    const back = { entry: seq, used, returned, lost, fee, products };
    return { done: () => void saveBack(parts, job, [...job.back, back]) };
  }
  if (newest !== seq) {
    return refuse(
      'outside_job_begun',
      `entry: more of "${job.id}" came back after this; undo that first`,
      `entry:“${job.id}”此后还有返还;请先撤销之后的返还`,
    );
  }
  return {
    done() {
      must(job.back.at(-1), 'what is undone');
      saveBack(parts, job, job.back.slice(0, -1));
    },
  };
}
