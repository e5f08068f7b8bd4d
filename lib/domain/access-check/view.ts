import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import type { AccessKind, CheckStep } from './step';
import { checkStepSchema } from './step';

/** `skipped`: what it needs has not passed. `warning`: an optional row that did not. */
export const checkRowStateSchema = z.enum(['waiting', 'passed', 'failed', 'warning', 'skipped']);
export type CheckRowState = z.infer<typeof checkRowStateSchema>;

/** `failed` may still try by itself; `passed` and `superseded` are final. */
export const checkStateSchema = z.enum(['running', 'passed', 'failed', 'superseded']);
export type CheckState = z.infer<typeof checkStateSchema>;

/** Who has to act before a row can pass. */
export type CheckOwner = 'customer' | 'us' | 'aws';

/** A page of AWS's console where the fix belongs. */
export interface CheckFixLink {
  readonly label: string;
  readonly url: string;
}

/** What to paste, and where. */
export interface CheckFix {
  /** “Add this statement to the key's policy”. */
  readonly title: string;
  readonly language: 'json' | 'shell' | 'text';
  readonly text: string;
  /** Null where there is no such page, as with stores that are not AWS. */
  readonly link: CheckFixLink | null;
}

export interface CheckRowView {
  readonly step: CheckStep;
  readonly title: string;
  readonly isRequired: boolean;
  readonly state: CheckRowState;
  /** An answer to it is awaited: the state is still that of the last try. */
  readonly isTrying: boolean;
  /** The call that was made, as a person would write it. */
  readonly tried: string | null;
  /** What was found, when it says more than that it passed: “account 1234-5678-9012”. */
  readonly found: string | null;
  /** Of the catalogue; null unless failed or warning. */
  readonly cause: string | null;
  readonly whoseMove: CheckOwner | null;
  readonly sentence: string | null;
  readonly fix: CheckFix | null;
  /** What the store said, at most 500 characters. */
  readonly answer: {
    readonly httpStatus: number | null;
    readonly code: string;
    readonly message: string;
  } | null;
  readonly requestId: string | null;
  readonly elapsedMs: number | null;
  readonly triedAt: string | null;
  readonly tries: number;
}

export interface AccessCheckView {
  readonly id: string;
  readonly routingId: string;
  readonly destinationVersion: number;
  readonly state: CheckState;
  readonly accessKind: AccessKind;
  readonly place: {
    readonly bucket: string;
    readonly prefix: string;
    readonly region: string;
    readonly kmsKeyArn: string | null;
  };
  /** Who the access is, once it is known. */
  readonly identity: { readonly accountId: string; readonly arn: string } | null;
  /** The account that owns the bucket, once that has been proven. */
  readonly ownerAccountId: string | null;
  readonly rows: readonly CheckRowView[];
  readonly requiredPassed: number;
  readonly requiredTotal: number;
  /** Null when it does not try by itself. */
  readonly retries: { readonly everySeconds: number; readonly nextAt: string; readonly until: string } | null;
  /** `user:<id>`, `hand_over_link:<id>`. */
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly lastTriedAt: string | null;
  readonly endedAt: string | null;
  /** From when a worker took it up to its first end, ms; null before. */
  readonly elapsedMs: number | null;
}

/** Names a check of a routing. */
export const checkInputSchema = z.object({ routingId: idSchema(), checkId: idSchema() });
export type CheckInput = z.input<typeof checkInputSchema>;

/** Names one row of it. */
export const checkRowInputSchema = checkInputSchema.extend({ step: checkStepSchema });
export type CheckRowInput = z.input<typeof checkRowInputSchema>;
