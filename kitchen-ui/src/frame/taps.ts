/**
 * Wet screens: a drip or a chattering finger taps twice, a palm is wide. A second tap on the same
 * control within 250 ms does nothing; keys that are meant to be hit fast say `data-repeat` and wait
 * 80 ms only. Keyboards and programs are not fingers, and a form knows itself that it was sent.
 */
export function guardTaps(target: Window): () => void {
  let last: { control: Element; at: number } | null = null;
  let wide = false;

  function pointerdown(event: PointerEvent): void {
    wide = event.pointerType === 'touch' && Math.max(event.width, event.height) > WIDEST_FINGER_PX;
  }

  function click(event: MouseEvent): void {
    if (event.detail === 0 || !(event.target instanceof Element)) return;
    const control = event.target.closest('button, a, [role="button"]');
    if (control === null || control.getAttribute('type') === 'submit') return;
    const gap = control.hasAttribute('data-repeat') ? REPEAT_MS : SECOND_TAP_MS;
    const again = last !== null && last.control === control && event.timeStamp - last.at < gap;
    if (again || wide) {
      event.stopPropagation();
      event.preventDefault();
      return;
    }
    last = { control, at: event.timeStamp };
  }

  target.addEventListener('pointerdown', pointerdown, { capture: true });
  target.addEventListener('click', click, { capture: true });
  return () => {
    target.removeEventListener('pointerdown', pointerdown, { capture: true });
    target.removeEventListener('click', click, { capture: true });
  };
}

const SECOND_TAP_MS = 250;
const REPEAT_MS = 80;
/** Twice the radius of 45 px above which a contact is a palm or water. */
const WIDEST_FINGER_PX = 90;
