/** The refusal that names a supplier nobody knows. */
import type { Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';

export function unknownSupplier(id: string): Refusal {
  return refuse(
    'unknown_supplier',
    `supplier: "${id}" is not in the recipe book`,
    `supplier:配方册中没有供应商“${id}”`,
  );
}
