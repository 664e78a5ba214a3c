/**
 * A scanner that plugs in as a keyboard types far faster than a person and ends with Enter. Fed with
 * keys and their times, gives the text of a scan, else null.
 */
export function scanRecogniser() {
  let text = '';
  let startedAt = 0;
  let lastAt = Number.NEGATIVE_INFINITY;

  return {
    /** When the first key of the run came, for those who must forget what it typed. */
    startedAt: () => startedAt,
    /** So many keys came so fast that no person types them. */
    isRun: () => text.length >= RUN_LENGTH,
    key(key: string, at: number): string | null {
      const fast = at - lastAt < FASTEST_FINGER_MS;
      lastAt = at;
      if (key === 'Enter') {
        const scan = fast && text.length >= SHORTEST_SCAN ? text : null;
        text = '';
        return scan;
      }
      // Shift and the like come between the characters of a code.
      if (key.length !== 1) return null;
      if (!fast || text === '') {
        text = '';
        startedAt = at;
      }
      text += key;
      return null;
    },
  };
}

const FASTEST_FINGER_MS = 35;
const SHORTEST_SCAN = 6;
const RUN_LENGTH = 4;

/**
 * Listens for scans wherever the focus is, until the returned function is called. What the scanner
 * typed into a field is taken out of it again.
 */
export function listenForScans(
  target: Pick<Window, 'addEventListener' | 'removeEventListener'>,
  scanned: (text: string, startedAt: number) => void,
): () => void {
  const recogniser = scanRecogniser();
  function keydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const text = recogniser.key(event.key, event.timeStamp);
    // In the middle of a run no button and no pad may take a key for its own.
    if (recogniser.isRun() && !isField(event.target)) event.stopPropagation();
    if (text === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (isField(event.target)) takeOut(event.target, text);
    scanned(text, recogniser.startedAt());
  }
  const listener = keydown as EventListener;
  target.addEventListener('keydown', listener, { capture: true });
  return () => target.removeEventListener('keydown', listener, { capture: true });
}

type Field = HTMLInputElement | HTMLTextAreaElement;

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function takeOut(field: Field, text: string): void {
  const at = field.value.lastIndexOf(text);
  if (at < 0) return;
  field.value = field.value.slice(0, at) + field.value.slice(at + text.length);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
