import { answerFile } from '@/app/api/answer-file';
import { asInput, readQuery } from '@/app/api/v1/read-input';
import { withSession } from '@/app/api/with-session';
import { shortHour } from '@/lib/domain/hour/hour-input';
import { readReceipt } from '@/lib/services/hour/read-receipt';

/** The receipt of one hour as a JSON file; takes `?type=&hour=` as the page does. */
export const GET = withSession<{ id: string }>(async ({ ctxNow, request, params }) => {
  const input = asInput<Parameters<typeof readReceipt>[0]['input']>({
    ...readQuery(request),
    routingId: params.id,
  });
  const receipt = await readReceipt({ ctx: await ctxNow(), input });
  const { hour, type } = receipt.hour;
  const name = `receipt-${type}-${shortHour(new Date(hour))}`;
  return answerFile(`${JSON.stringify(receipt, null, 2)}\n`, name, 'json');
});
