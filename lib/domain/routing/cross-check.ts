import type { z } from 'zod';
import type { Fault, Given } from './fields';

/** For `superRefine`: runs even when single fields failed, so that a person sees every fault at once. */
export function crossCheck(faultsOf: (given: Given) => Fault[]) {
  const refine = (given: object, ctx: z.core.$RefinementCtx) => {
    for (const [field, message] of faultsOf(given)) {
      if (message !== null) ctx.addIssue({ code: 'custom', path: [field], message });
    }
  };
  const isObject = ({ value }: { value: unknown }) => typeof value === 'object' && value !== null;
  return [refine, { when: isObject }] as const;
}
