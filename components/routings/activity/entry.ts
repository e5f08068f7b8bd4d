import { auditSentence } from '@/lib/domain/audit/sentence';
import { gapSentence, noticeSentence } from '@/lib/domain/retention/gap-sentence';
import { causeSentence } from '@/lib/domain/routing/cause-sentence';
import type { RoutingLabel } from '@/lib/domain/routing/label';
import type { ActivityView } from '@/lib/domain/routing/view';
import { settingText, settingWord } from './setting-text';

/** One line of the time line as it is shown. */
export interface ActivityEntry {
  /** What happened, in words; for a change of the status it follows the two labels. */
  readonly sentence: string | null;
  readonly labels: { readonly from: RoutingLabel; readonly to: RoutingLabel } | null;
  readonly changes: readonly SettingChange[];
  /** Who did it: a person, or Sluice itself. */
  readonly actor: string;
}

export interface SettingChange {
  readonly setting: string;
  readonly before: string;
  readonly after: string;
}

type Detail = Readonly<Record<string, unknown>>;

/** A line of the time line in plain words, with each changed setting before and after. */
export function activityEntry({ change, actor }: ActivityView): ActivityEntry {
  if (change.kind === 'state') {
    const { from, to, reason } = change;
    const isOurs = isProcess(actor);
    return {
      sentence: reason === null || reason === '' ? null : isOurs ? causeSentence(reason) : reason,
      labels: { from, to },
      changes: [],
      actor: isOurs ? 'Sluice' : actor,
    };
  }
  return {
    sentence: actSentence(change.action, change.detail),
    labels: null,
    changes: changesOf(change.detail),
    actor: isProcess(actor) ? 'Sluice' : actor,
  };
}

function isProcess(actor: string): boolean {
  return /^(worker|collector|web):/.test(actor);
}

function actSentence(action: string, detail: Detail): string {
  switch (action) {
    case 'routing.create':
      return typeof detail.accessKeyIdLast4 === 'string' ? 'Created' : 'Created without access keys';
    case 'routing.update':
      return typeof detail.destinationVersion === 'number'
        ? `Changed the destination (version ${detail.destinationVersion})`
        : 'Changed the settings';
    case 'routing.enter_access':
      return accessSentence(detail);
    case 'routing.release_cut':
      return 'Moved files that were refused to the present destination';
    case 'routing.release':
      return detail.to === 'gap'
        ? `Gave up a file that could not be delivered: ${textOf(detail.reason)}`
        : `Released a file that may exist in both places: ${textOf(detail.reason)}`;
    case 'routing.retry':
      return 'Looked at what was held, and had it tried again';
    case 'routing.set_retention':
      return 'Changed how long undelivered events are held';
    case 'routing.gap':
      return gapSentence(detail);
    case 'routing.retention_notice':
      return noticeSentence(detail);
    default:
      return asOpening(auditSentence({ action, targetName: null, detail }), action);
  }
}

function accessSentence(detail: Detail): string {
  if (typeof detail['roleArn.after'] === 'string') return 'Gave access by a role';
  if (typeof detail['roleArn.before'] === 'string') return 'Gave access keys in place of the role';
  return detail['accessKeyIdLast4.before'] === null ? 'Entered access keys' : 'Replaced the access keys';
}

/** The audit's words as a sentence of their own; a bare action keeps its name. */
function asOpening(words: string, action: string): string {
  return words === action ? words : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Pairs of `setting.before` and `setting.after`; a creation has none. */
function changesOf(detail: Detail): SettingChange[] {
  return Object.keys(detail)
    .filter((key) => key.endsWith('.after'))
    .map((key) => {
      const setting = key.slice(0, -'.after'.length);
      return {
        setting: settingWord(setting),
        before: settingText(setting, detail[`${setting}.before`]),
        after: settingText(setting, detail[key]),
      };
    });
}
