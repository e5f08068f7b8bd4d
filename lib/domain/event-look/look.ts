import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';

export const requestEventLookSchema = z.object({ fileId: idSchema() });
export type RequestEventLookInput = z.input<typeof requestEventLookSchema>;

export const readEventLookSchema = z.object({ lookId: idSchema() });
export type ReadEventLookInput = z.input<typeof readEventLookSchema>;

/** The first lines of a file as one person may see them for some minutes. */
export type EventLookView =
  | { readonly state: 'asked' }
  | {
      readonly state: 'read';
      readonly lines: readonly string[];
      /** The file goes on behind them. */
      readonly isCut: boolean;
    }
  | {
      readonly state: 'refused';
      /** S3's code, or the name of the local failure. */
      readonly code: string;
      readonly message: string;
    };
