/** What makes a page usable for everybody, asked of the page itself. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * Rules of WCAG 2.2 AA that the page breaks: [rule, where]. A bar that floats over a list hides a part of
 * whatever happens to lie under it, and one swipe brings it out: the list is judged with its bars in the flow,
 * or the finding would depend on how long the list is today.
 */
export async function axeFindings(page: Page): Promise<[string, string[]][]> {
  await page.evaluate(() => {
    for (const node of document.querySelectorAll<HTMLElement>('body *'))
      if (getComputedStyle(node).position === 'sticky') node.style.position = 'static';
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html).slice(0, 3)]);
}

/**
 * What stands beyond the edge of the glass, is cut off, is too small to hit, or too near to another one.
 * Wet hands need 112 × 88 px for what is tapped all day, 72 px for the rest and 12 px between; dry ones 44 px.
 */
export function misfits(page: Page, wet: boolean) {
  return page.evaluate((isWet) => {
    const main = document.querySelector('main') ?? document.body;
    const shown = [...main.querySelectorAll('button, a[href], select, input')].filter((node) => {
      const { width, height } = node.getBoundingClientRect();
      return width > 1 && height > 1 && getComputedStyle(node).visibility !== 'hidden';
    });
    const text = (node: Element) => node.outerHTML.slice(0, 160);
    const box = (node: Element) => (node.closest('label') ?? node).getBoundingClientRect();
    const small = shown.filter((node) => {
      const { width, height } = box(node);
      if (node.tagName === 'A' && getComputedStyle(node).display === 'inline') return false;
      if (!isWet) return height < 44 || width < 44;
      const primary = node.matches('[data-item], [data-reason], [data-key], [data-dest]');
      return primary ? height < 88 || width < 112 : height < 72 || width < 72;
    });
    const cut = shown.filter((node) => {
      const { left, right } = node.getBoundingClientRect();
      const scrolls = node.closest('[data-scrolls-x]') !== null;
      return !scrolls && (left < -1 || right > document.documentElement.clientWidth + 1);
    });
    const near = !isWet
      ? []
      : shown.flatMap((a, i) =>
          shown.slice(i + 1).flatMap((b) => {
            if (a.contains(b) || b.contains(a)) return [];
            const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
            const dx = Math.max(p.left - q.right, q.left - p.right);
            const dy = Math.max(p.top - q.bottom, q.top - p.bottom);
            return Math.max(dx, dy) < 11.5 ? [`${text(a)} | ${text(b)}`] : [];
          }),
        );
    return {
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      cut: cut.map(text),
      small: small.map(text),
      near,
    };
  }, wet);
}

/** Status marks that a greyscale print could not tell apart: each needs a shape and a word. */
export function saidByColourAlone(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.mark')]
      .filter((mark) => {
        const shape = mark.querySelector('svg :is(circle, path, rect, polygon)');
        return shape === null || (mark.textContent ?? '').trim() === '';
      })
      .map((mark) => mark.outerHTML),
  );
}
