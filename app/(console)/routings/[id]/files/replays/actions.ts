'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import { formText } from '@/app/form-text';
import type { ActionResult } from '@/components/forms/action-result';
import type { DryRunAnswer } from '@/components/replay/replay-form';
import { dataTypeSchema } from '@/lib/domain/data-type';
import type { StartReplayInput } from '@/lib/domain/replay/replay-input';
import type { ReplayView } from '@/lib/domain/replay/view';
import { cancelReplay } from '@/lib/services/replay/cancel';
import { lookBeforeReplay } from '@/lib/services/replay/look';
import { readReplay } from '@/lib/services/replay/read';
import { startReplay } from '@/lib/services/replay/start';

export async function dryRunAction(form: FormData): Promise<ActionResult<DryRunAnswer>> {
  return act(async (ctx) => ({ value: await lookBeforeReplay({ ctx, input: readForm(form) }) }));
}

export async function readLookAction({
  routingId,
  id,
}: Pick<ReplayView, 'routingId' | 'id'>): Promise<ActionResult<ReplayView>> {
  return act(async (ctx) => {
    const { replay } = await readReplay({ ctx, input: { routingId, replayId: id, limit: 1 } });
    return { value: replay };
  });
}

export async function startReplayAction(form: FormData): Promise<ActionResult<ReplayView>> {
  return act(async (ctx) => ({ value: await startReplay({ ctx, input: readForm(form) }) }));
}

export async function cancelReplayAction(routingId: string, replayId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await cancelReplay({ ctx, input: { routingId, replayId } });
    revalidatePath(`/routings/${routingId}/files`, 'layout');
    return { value: null };
  });
}

function readForm(form: FormData): StartReplayInput {
  const types = form.getAll('dataTypes');
  return {
    routingId: formText(form, 'routingId'),
    types: dataTypeSchema.options.filter((type) => types.includes(type)),
    from: formText(form, 'from'),
    to: formText(form, 'to'),
    mode: formText(form, 'mode') === 'copy' ? 'copy' : 'fill',
    reason: formText(form, 'reason'),
  };
}
