import type { AppErrorCode } from '@/lib/domain/errors';

/** What every server action answers: its value, or why it was refused and where. */
export type ActionResult<T = null> =
  | {
      readonly ok: true;
      readonly value: T;
      /** What was changed in the input on the way, said to the person: "We removed a space…". */
      readonly notices: readonly string[];
    }
  | ActionRefusal;

export interface ActionRefusal {
  readonly ok: false;
  readonly code: AppErrorCode;
  readonly message: string;
  readonly fieldErrors: Readonly<Record<string, string>>;
}

export type FormAction<T = null> = (form: FormData) => Promise<ActionResult<T>>;
