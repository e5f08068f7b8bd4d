import { formatCountOf } from '@/lib/domain/format/count';
import { formatAge } from '@/lib/domain/format/duration';
import type { TimeFormat } from '@/lib/domain/format/time-format';
import { causeSentence } from './cause-sentence';
import { INTENT_WORDS, LIFECYCLE_WORDS, moveOf, ruleOf, wayOut } from './status-rules';
import type { RoutingView, TriesView } from './view';

/** One line of the answer to “why this status?”. */
export interface StatusFact {
  readonly question: string;
  readonly fact: string;
}

export interface StatusReader {
  readonly isCustomer: boolean;
  readonly time: TimeFormat;
  readonly now: Date;
}

/** How a routing's label came about, what would change it and whose move it is. `tries` is null where nobody read them. */
export function explainStatus(
  view: RoutingView,
  tries: TriesView | null,
  reader: StatusReader,
): StatusFact[] {
  return [
    { question: 'What do people want?', fact: INTENT_WORDS[view.intent] },
    { question: 'How far has it come?', fact: LIFECYCLE_WORDS[view.lifecycle] },
    { question: 'How does delivery go?', fact: healthFact(view) },
    { question: 'Which rule decided?', fact: ruleOf(view.label, view.promiseSeconds) },
    { question: 'Since when?', fact: sinceFact(view, reader) },
    { question: 'What would change it?', fact: changeFact(view, tries, reader) },
    { question: 'What happens to the data?', fact: dataFact(view, reader) },
    { question: 'Whose move is it?', fact: moveOf(view.whoseMove, reader.isCustomer) },
  ];
}

const HEALTH_WORDS: Readonly<Record<RoutingView['health'], string>> = {
  healthy: 'Files are confirmed as they should be.',
  late: 'Events stay longer than the promise.',
  failing: 'Uploads fail.',
  blocked: 'Delivery stands still.',
  idle: 'There is nothing to deliver.',
  unknown: 'Nothing has been measured yet.',
};

function healthFact({ lifecycle, label, health, healthCause, isMeasured }: RoutingView): string {
  const isCounted = lifecycle === 'active' || label === health;
  if (!isCounted) return 'This does not count while it is not active.';
  const cause = healthCause === null ? '' : ` ${causeSentence(healthCause)}`;
  const said = `${HEALTH_WORDS[health]}${cause}`;
  return isMeasured || label === health ? said : `Not known now. What was seen last: ${said}`;
}

function sinceFact({ stateSince, stuckSince, isMeasured, label }: RoutingView, reader: StatusReader): string {
  const { time, now } = reader;
  const ago = (at: string) =>
    `${time.minute(new Date(at), now)} (${formatAge(now.getTime() - Date.parse(at))})`;
  // What nobody measures has no beginning of its own.
  if (label === 'unknown' && !isMeasured) return `The last status that was known began ${ago(stateSince)}.`;
  return stuckSince === null
    ? `Since ${ago(stateSince)}.`
    : `Since ${ago(stateSince)}; it should have ended ${ago(stuckSince)}.`;
}

function changeFact({ label }: RoutingView, tries: TriesView | null, { time }: StatusReader): string {
  const isTried = label === 'blocked' || label === 'failing';
  const next = tries?.nextTryAt ?? null;
  return isTried && next !== null
    ? `${wayOut(label)} Next try at ${time.clock(new Date(next))}.`
    : wayOut(label);
}

function dataFact({ pendingRows, keptUntil, recentGaps }: RoutingView, { time, now }: StatusReader): string {
  if (pendingRows === 0) return 'Nothing waits to be delivered.';
  const waiting = `${formatCountOf(pendingRows, 'event')} wait${pendingRows === 1 ? 's' : ''}`;
  const lost =
    recentGaps === null
      ? 'Nothing is lost:'
      : `${formatCountOf(recentGaps.rows, 'event')} were lost in the last 7 days, as recorded;`;
  return keptUntil === null
    ? `${lost} ${waiting}.`
    : `${lost} ${waiting}, kept until ${time.minute(new Date(keptUntil), now)} at least.`;
}
