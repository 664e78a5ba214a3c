/**
 * A list that scrolls must be reachable by keyboard, or its end cannot be read without a mouse. The
 * browser that scrolls it decides nothing else: there is no role and no action.
 */
export function scrollable(node: HTMLElement): void {
  node.tabIndex = 0;
}
