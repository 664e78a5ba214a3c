/** Calls `tapped` at every tap inside, whatever becomes of it: how many taps a delivery takes is recorded. */
export function eachTap(tapped: () => void): (node: HTMLElement) => () => void {
  return (node) => {
    node.addEventListener('click', tapped, { capture: true });
    return () => node.removeEventListener('click', tapped, { capture: true });
  };
}
